/** Counted from the guest's side: `received` is what came to it. */
export interface NicTraffic {
  octets: number;
  packets: number;
  errors: number;
  dropped: number;
}

export interface NicDiagnostics {
  macAddress: string;
  /** Name of the wire's end on the host; null where it has none. */
  device: string | null;
  /** Null where nobody counts. */
  received: NicTraffic | null;
  sent: NicTraffic | null;
}

export interface DiskDiagnostics {
  readBytes: number;
  readRequests: number;
  writtenBytes: number;
  writeRequests: number;
  errors: number;
}

/** What is known of a guest that has a process, since that process began. */
export interface GuestDiagnostics {
  state: 'running' | 'paused';
  uptimeS: number;
  /** In the order of the vCPUs: time for which each ran. */
  cpuTimesNs: number[];
  /** What the guest was given, and what of it takes the host's memory now. */
  memoryMib: number;
  usedMemoryMib: number;
  nics: NicDiagnostics[];
  disks: DiskDiagnostics[];
}

/** ` 12:00:00 up 3 days, 4:05, 0 users,  load average: 0.10, 0.20, 0.30`, as `uptime` has it. */
export function uptimeLine(nowMs: number, uptimeS: number, loads: readonly number[]): string {
  const days = Math.floor(uptimeS / 86_400);
  const hours = Math.floor(uptimeS / 3600) % 24;
  const minutes = String(Math.floor(uptimeS / 60) % 60).padStart(2, '0');
  const time = new Date(nowMs).toISOString().slice(11, 19);
  const since = `${days} ${days === 1 ? 'day' : 'days'}, ${hours}:${minutes}`;
  const averages = loads.map((load) => load.toFixed(2)).join(', ');
  return ` ${time} up ${since}, 0 users,  load average: ${averages}`;
}
