import { silentLog } from '#base/log.ts';
import { VirtualClock } from '#base/virtual-clock.ts';
import { SimulatedHypervisorHost } from '#drivers/hypervisor/simulated/simulated-host.ts';
import { SimulatedNetworkHost } from '#drivers/network/simulated/simulated-host.ts';
import { openSimulatedNetwork } from '#drivers/network/simulated/simulated-network.ts';
import { SimulatedStorageHost } from '#drivers/storage/simulated/simulated-host.ts';
import type { Drivers } from '../../src/cloud/drivers.ts';
