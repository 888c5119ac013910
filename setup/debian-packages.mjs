/**
 * Everything that comes from Debian, each with its reason. `plane` says what needs it: packages
 * of a plane that is simulated are not asked for, those of `test` only by the tests.
 */
export const debianPackages = [
  { name: 'libatomic1', plane: 'node', why: 'a library that the Node from npm is linked with' },
  { name: 'openssl', plane: 'compute', why: 'makes the certificates of x509 key pairs' },
  { name: 'qemu-system-x86', plane: 'hypervisor', why: 'runs the servers' },
  { name: 'qemu-utils', plane: 'storage', why: 'makes disks from images, and the test image' },
  { name: 'genisoimage', plane: 'storage', why: 'writes config drives' },
  { name: 'iproute2', plane: 'network', why: 'makes bridges, taps and network namespaces' },
  { name: 'nftables', plane: 'network', why: 'enforces security groups and translates addresses' },
  { name: 'dnsmasq-base', plane: 'network', why: 'answers DHCP; the program without a service' },
  { name: 'procps', plane: 'network', why: 'brings sysctl, which says what a namespace forwards' },
  { name: 'kmod', plane: 'network', why: 'loads the module that filters bridged packets' },
  { name: 'git', plane: 'test', why: 'clones the checkout to prove that a fresh one starts' },
  { name: 'busybox-static', plane: 'test', why: 'asks for addresses and pings, as a guest does' },
  { name: 'openssh-client', plane: 'test', why: 'logs in to a guest, as its user would' },
  { name: 'postgresql-15', plane: 'test', why: 'the second database of every store test' },
  { name: 'python3-openstackclient', plane: 'test', why: 'the unmodified client that must work' },
  { name: 'python3-novaclient', plane: 'test', why: 'the older client, which must work as well' },
];

/** @returns the packages that a purpose and a wish need */
export function packagesFor(purpose, { hypervisor, network } = {}) {
  // Tests need every plane, whatever the environment of the one who runs them says.
  if (purpose === 'test') return debianPackages;
  if (purpose === 'other') return debianPackages.filter(({ plane }) => plane === 'node');
  const planes = new Set(['node', 'compute', 'hypervisor', 'network', 'storage']);
  if (hypervisor === 'simulated') planes.delete('hypervisor');
  if (network === 'simulated' || network === 'user') planes.delete('network');
  return debianPackages.filter(({ plane }) => planes.has(plane));
}
