import { flavorErrors } from './errors.ts';

/** What a known extra spec's value must look like. */
type ValueRule = 'text' | { minimum: number | null } | { oneOf: string[] } | RegExp;

const text: ValueRule = 'text';
const boolean: ValueRule = /^\s*(t|true|on|y|yes|1|f|false|off|n|no|0)\s*$/i;
const anyNumber: ValueRule = { minimum: null };
const count: ValueRule = { minimum: 0 };
const positive: ValueRule = { minimum: 1 };
/** `0-3,^2`. */
const cpuMask = /^\^?\d+(-\d+)?(,\^?\d+(-\d+)?)*$/;

function each(prefix: string, names: readonly string[], rule: ValueRule): [string, ValueRule][] {
  return names.map((name) => [prefix + name, rule]);
}

/** The extra specs that Nova knows by their whole name. */
const rulesByName: Readonly<Record<string, ValueRule>> = Object.fromEntries([
  ...each('', ['hide_hypervisor_id'], boolean),
  ...each('', ['group_policy'], { oneOf: ['isolate', 'none'] }),
  ...each('accel:', ['device_profile'], text),
  ...each(
    'hw:',
    [
      ...['cpu_realtime', 'hide_hypervisor_id', 'boot_menu', 'mem_encryption', 'pmu'],
      ...['locked_memory', 'vif_multiqueue_enabled', 'virtio_packed_ring'],
      'ephemeral_encryption',
    ],
    boolean,
  ),
  ...each('hw:', ['cpu_realtime_mask', 'cpu_dedicated_mask'], cpuMask),
  ...each('hw:', ['cpu_policy'], { oneOf: ['dedicated', 'shared', 'mixed'] }),
  ...each('hw:', ['cpu_thread_policy'], { oneOf: ['prefer', 'isolate', 'require'] }),
  ...each('hw:', ['emulator_threads_policy'], { oneOf: ['isolate', 'share'] }),
  ...each('hw:', ['pci_numa_affinity_policy'], {
    oneOf: ['required', 'preferred', 'legacy', 'socket'],
  }),
  ...each('hw:', ['mem_page_size'], /^(large|small|any|\d+([kKMGT]i?)?(b|bit|B)?)$/),
  ...each('hw:', ['mem_encryption_model'], { oneOf: ['amd-sev', 'amd-sev-es'] }),
  ...each(
    'hw:',
    [
      ...['numa_nodes', 'cpu_sockets', 'cpu_cores', 'cpu_threads'],
      ...['max_cpu_sockets', 'max_cpu_cores', 'max_cpu_threads'],
    ],
    positive,
  ),
  ...each('hw:', ['serial_port_count', 'maxphysaddr_bits'], count),
  ...each('hw:', ['pmem'], /^[a-zA-Z0-9_]+(,[a-zA-Z0-9_]+)*,?$/),
  ...each('hw:', ['tpm_model'], { oneOf: ['tpm-tis', 'tpm-crb'] }),
  ...each('hw:', ['tpm_version'], { oneOf: ['1.2', '2.0'] }),
  ...each('hw:', ['tpm_secret_security'], { oneOf: ['user', 'host', 'deployment'] }),
  ...each('hw:', ['watchdog_action'], {
    oneOf: ['none', 'pause', 'poweroff', 'reset', 'disabled'],
  }),
  ...each('hw:', ['viommu_model'], { oneOf: ['intel', 'smmuv3', 'virtio', 'auto'] }),
  ...each('hw:', ['maxphysaddr_mode'], { oneOf: ['passthrough', 'emulate'] }),
  ...each('hw:', ['ephemeral_encryption_format'], { oneOf: ['luks', 'plain'] }),
  ...each('hw_rng:', ['allowed'], boolean),
  ...each('hw_rng:', ['rate_bytes', 'rate_period'], count),
  ...each('hw_video:', ['ram_max_mb'], count),
  ...each('os:', ['secure_boot'], { oneOf: ['disabled', 'required'] }),
  ...each('pci_passthrough:', ['alias'], /^[^:,]+:\d+(\s*,\s*[^:,]+:\d+)*$/),
  ...each('vmware:', ['hw_version', 'storage_policy'], text),
  ...['cpu', 'memory', 'disk_io', 'vif'].flatMap((resource) => [
    ...each(`quota:${resource}_`, ['limit', 'reservation', 'shares_share'], anyNumber),
    ...each(`quota:${resource}_`, ['shares_level'], text),
  ]),
  ...each('quota:cpu_', ['shares', 'period', 'quota'], count),
  ...['read', 'write', 'total'].flatMap((deed) =>
    each(`quota:disk_${deed}_`, ['bytes_sec', 'iops_sec'], count),
  ),
  ...['inbound', 'outbound'].flatMap((way) =>
    each(`quota:vif_${way}_`, ['average', 'peak', 'burst'], count),
  ),
]);

const resourceClasses = [
  ...['VCPU', 'PCPU', 'MEMORY_MB', 'DISK_GB', 'PCI_DEVICE', 'SRIOV_NET_VF', 'IPV4_ADDRESS'],
  ...['NUMA_SOCKET', 'NUMA_CORE', 'NUMA_THREAD', 'NUMA_MEMORY_MB', 'MEM_ENCRYPTION_CONTEXT'],
  ...['VGPU', 'VGPU_DISPLAY_HEAD', 'PGPU', 'FPGA'],
  ...['NET_BW_EGR_KILOBIT_PER_SEC', 'NET_BW_IGR_KILOBIT_PER_SEC'],
  'NET_PACKET_RATE_(EGR_|IGR_)?KILOPACKET_PER_SEC',
  'CUSTOM_[A-Z0-9_]+',
].join('|');
const group = '([a-zA-Z0-9_-]{1,64})?';

/** And those whose names have a part that may vary. */
const rulesByPattern: readonly [RegExp, ValueRule][] = [
  [/^hw:numa_cpus\.\d+$/, cpuMask],
  [/^hw:numa_mem\.\d+$/, positive],
  [new RegExp(`^resources${group}:(${resourceClasses})$`), anyNumber],
  // Traits come in families; new ones appear faster than anyone lists them.
  [
    new RegExp(`^trait${group}:(COMPUTE|CUSTOM|HW|MISC|OWNER|STORAGE)_[A-Z0-9_]+$`),
    { oneOf: ['required', 'forbidden'] },
  ],
  [/^aggregate_instance_extra_specs:.+$/, text],
  [/^capabilities:[a-z_]+(:\w+)*$/, text],
];

/** Namespaces of which every name is known; what stands in others is the operator's own. */
const namespaces = new RegExp(
  '^(accel|aggregate_instance_extra_specs|capabilities|hw|hw_rng|hw_video|os|pci_passthrough' +
    `|quota|vmware|(resources|trait)${group})$`,
);

/** Refuses what Nova knows to be no extra spec, or no value of one. @throws 400 */
export function checkExtraSpecs(specs: Readonly<Record<string, string>>): void {
  for (const [key, value] of Object.entries(specs)) {
    const rule = ruleOf(key);
    if (rule !== undefined) checkValue(key, value, rule);
    else if (key.includes(':') && namespaces.test(key.split(':', 1)[0] ?? '')) {
      throw flavorErrors.specUnknown({ key });
    }
  }
}

function ruleOf(key: string): ValueRule | undefined {
  if (Object.hasOwn(rulesByName, key)) return rulesByName[key];
  return rulesByPattern.find(([pattern]) => pattern.test(key))?.[1];
}

function checkValue(key: string, value: string, rule: ValueRule): void {
  if (rule === 'text') return;
  const refuse = (problem: string) => flavorErrors.specInvalid({ key, value, problem });
  if (rule instanceof RegExp) {
    if (!rule.test(value)) throw refuse('is not of the right form');
  } else if ('oneOf' in rule) {
    if (!rule.oneOf.includes(value)) throw refuse(`is not one of: ${rule.oneOf.join(', ')}`);
  } else {
    if (!/^\s*[+-]?\d+\s*$/.test(value)) throw refuse('is not an integer');
    const { minimum } = rule;
    if (minimum !== null && Number(value) < minimum) throw refuse(`is less than ${minimum}`);
  }
}
