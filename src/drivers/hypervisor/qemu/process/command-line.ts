import type { GuestSpec } from '../../hypervisor.ts';
import { blockArgs, type NumberedDisk } from '../disks/block-devices.ts';
import { networkArgs } from '../hardware/network-devices.ts';
import { seccompArgs } from './confinement.ts';

/** Names of the sockets in the guest's run folder. */
export const sockets = {
  qmp: 'qmp.sock',
  serial: 'serial.sock',
  agent: 'agent.sock',
  vnc: 'vnc.sock',
} as const;

export interface CommandLineParts {
  binary: string;
  accelerator: 'kvm' | 'tcg';
  seccomp: boolean;
  disks: NumberedDisk[];
  /** Descriptor of the console log, opened for appending. */
  consoleFd: number;
}

/** The whole of what a guest is, as QEMU's argument vector. Holds no secret. */
export function commandLine(guest: GuestSpec, parts: CommandLineParts): string[] {
  return [
    parts.binary,
    '-nodefaults',
    '-no-user-config',
    ...(parts.seccomp ? seccompArgs : []),
    ...['-name', `guest=${guest.instanceName}`],
    ...['-uuid', guest.id],
    ...['-smbios', systemIdentity(guest)],
    ...machineArgs(guest, parts.accelerator),
    ...consoleArgs(parts.consoleFd),
    ...channelArgs(),
    ...blockArgs(parts.disks),
    ...networkArgs(guest.nics),
  ];
}

/** cloud-init knows an OpenStack guest by this product name. */
function systemIdentity(guest: GuestSpec): string {
  const names = 'manufacturer=OpenStack Foundation,product=OpenStack Nova,family=Virtual Machine';
  return `type=1,${names},version=Cumulet,serial=${guest.id},uuid=${guest.id}`;
}

function machineArgs(guest: GuestSpec, accelerator: 'kvm' | 'tcg'): string[] {
  const acceleration = {
    kvm: ['-accel', 'kvm', '-cpu', 'host'],
    // Five-level page tables cost an emulated guest time and give it nothing; the translation
    // cache is bounded, because its default is a gibibyte for each guest.
    tcg: ['-accel', 'tcg,tb-size=256', '-cpu', 'max,la57=off'],
  };
  return [
    // `pc` reaches the boot sector faster than `q35`, and has ACPI power and PCI hot plug too.
    ...['-machine', 'pc,usb=off'],
    ...acceleration[accelerator],
    ...['-smp', `${guest.vcpus},sockets=1,cores=${guest.vcpus},threads=1`],
    ...['-m', String(guest.memoryMib)],
    ...['-rtc', 'base=utc'],
    ...['-boot', 'menu=off,strict=on'],
    // How a kernel says that it panicked; QEMU then waits for us, who let it say why and end it.
    ...['-device', 'pvpanic', '-action', 'panic=pause'],
  ];
}

function consoleArgs(consoleFd: number): string[] {
  const log = `logfile=/dev/fdset/${consoleFd},logappend=on`;
  return [
    ...['-add-fd', `fd=${consoleFd},set=${consoleFd}`],
    ...['-chardev', `socket,id=serial0,path=${sockets.serial},server=on,wait=off,${log}`],
    ...['-device', 'isa-serial,chardev=serial0,index=0'],
    ...['-display', 'none'],
    // Whoever looks shares with the others, whatever their viewer asks for.
    ...['-vnc', `unix:${sockets.vnc},share=ignore`],
    ...['-device', 'VGA,vgamem_mb=16'],
  ];
}

function channelArgs(): string[] {
  return [
    ...['-chardev', `socket,id=qmp0,path=${sockets.qmp},server=on,wait=off`],
    ...['-mon', 'chardev=qmp0,mode=control'],
    ...['-device', 'virtio-serial-pci'],
    ...['-chardev', `socket,id=agent0,path=${sockets.agent},server=on,wait=off`],
    ...['-device', 'virtserialport,chardev=agent0,name=org.qemu.guest_agent.0'],
    ...['-object', 'rng-random,id=rng0,filename=/dev/urandom'],
    // A guest that only reads random numbers must not keep a host CPU busy with it.
    ...['-device', 'virtio-rng-pci,rng=rng0,max-bytes=65536,period=1000'],
  ];
}
