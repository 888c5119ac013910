/** A value that cannot be used. The message is one sentence for the person who gave it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}
