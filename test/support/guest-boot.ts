/**
 * A guest of the test image is up within this, or never: under emulation it boots in seconds,
 * on a busy machine in a multiple of that.
 */
export const guestBootMs = 240_000;
