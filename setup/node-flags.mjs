/** How Node is started; what each flag does to the figures is told in docs/performance.md. */
export const nodeFlags = [
  // MiB of young objects before they are looked through. What a request makes fits in many times
  // over; more only leaves the processor's caches and stays resident.
  '--max-semi-space-size=4',
  // No package is linked here, so the path of each module needs not be looked for behind links.
  '--preserve-symlinks',
];
