import { type Candidate, factsNamed, listed, type PlacementRequest } from '../candidate.ts';
import type { Filter } from './filter.ts';
import { satisfies } from './operators.ts';

const aggregateScope = 'aggregate_instance_extra_specs:';

const architectures: Readonly<Record<string, string>> = {
  amd64: 'x86_64',
  x64: 'x86_64',
  arm64: 'aarch64',
  i386: 'i686',
  x86: 'i686',
};

/** What images call the hypervisors that a host's own kind stands for. */
const hypervisorTypes: Readonly<Record<string, readonly string[]>> = {
  qemu: ['qemu', 'kvm'],
  simulated: ['qemu', 'kvm', 'fake'],
};

/** Extra specs that a host's aggregates must answer: scoped to them, or without any scope. */
function aggregateSpecs(request: PlacementRequest): [string, string][] {
  return Object.entries(request.extraSpecs)
    .filter(([key]) => !key.includes(':') || key.startsWith(aggregateScope))
    .map(([key, value]) => [key.replace(aggregateScope, ''), value]);
}

/** Devices, traits and resource classes: no host has any, so that asking for one finds none. */
function isDeviceSpec([key, value]: [string, string]): boolean {
  const [scope, name] = key.split(':');
  if (scope === 'pci_passthrough') return name === 'alias' && value !== '';
  if (scope?.startsWith('trait')) return value === 'required';
  if (!/^resources\d*$/.test(scope ?? '')) return false;
  return !['VCPU', 'MEMORY_MB', 'DISK_GB'].includes(name ?? '') && value !== '0';
}

function imageProperty(request: PlacementRequest, ...names: string[]): string | undefined {
  const name = names.find((candidate) => Object.hasOwn(request.imageProperties, candidate));
  return name === undefined ? undefined : request.imageProperties[name]?.toLowerCase();
}

function fitsImage(host: Candidate, request: PlacementRequest): boolean {
  const asked = imageProperty(request, 'hw_architecture', 'architecture');
  if (asked && (architectures[asked] ?? asked) !== host.architecture) return false;
  const type = imageProperty(request, 'img_hv_type', 'hypervisor_type');
  if (type && !(hypervisorTypes[host.hypervisor] ?? []).includes(type)) return false;
  const mode = imageProperty(request, 'hw_vm_mode', 'vm_mode');
  return !mode || mode === 'hvm';
}

/** What image and flavor ask for beyond sizes. */
export const propertyFilters: readonly Filter[] = [
  {
    name: 'PciPassthroughFilter',
    reason: 'properties',
    concerns: ({ extraSpecs }) => Object.entries(extraSpecs).some(isDeviceSpec),
    passes: () => false,
  },
  {
    name: 'ImagePropertiesFilter',
    reason: 'properties',
    passes: fitsImage,
  },
  {
    name: 'AggregateInstanceExtraSpecsFilter',
    reason: 'properties',
    concerns: (request) => aggregateSpecs(request).length > 0,
    passes: (host, request) =>
      aggregateSpecs(request).every(([key, asked]) =>
        factsNamed(host, key).some((found) =>
          listed(found).some((member) => satisfies(asked, member)),
        ),
      ),
  },
  {
    // An image that says nothing of a property may go anywhere; one that does must be welcome.
    name: 'AggregateImagePropertiesIsolation',
    reason: 'properties',
    passes: (host, { imageProperties }) =>
      host.aggregates.every((facts) =>
        Object.entries(facts).every(([key, value]) => {
          const own = Object.hasOwn(imageProperties, key) ? imageProperties[key] : undefined;
          return own === undefined || listed(value).includes(own);
        }),
      ),
  },
];
