import type { Log } from '#base/log.ts';
import type { Services } from '#cloud';
import { seedFlavors } from '#compute/flavors/seed.ts';

/** What the first start makes. Every part is idempotent, so later starts change nothing. */
export async function seed(
  services: Services,
  passwords: { admin: string; demo: string },
  tinyImage: string | null,
  log: Log,
): Promise<void> {
  const { adminProjectId, demoProjectId } = await services.identity.seed(passwords);
  await services.networks.seed({ adminProjectId, demoProjectId });
  await seedFlavors(services.compute);
  if (tinyImage === null) {
    log.info({}, 'no test image was given, so none is seeded');
    return;
  }
  await services.images.seed({
    name: 'tiny',
    file: tinyImage,
    diskFormat: 'qcow2',
    ownerId: adminProjectId,
  });
}
