import { createHash } from 'node:crypto';

/** In bytes: 160 bits that nobody can guess. */
export const linkBytes = 20;
const form = /^[A-Za-z0-9_-]{27}$/;

/**
 * The secret of a new capability link: whoever has it reads one postmortem as one audience.
 * `random`: `linkBytes` random bytes.
 */
export function newCapabilityLink(random: Uint8Array): string {
  if (random.length !== linkBytes) throw new Error(`a capability link takes ${linkBytes} random bytes`);
  return Buffer.from(random).toString('base64url');
}

/** The address that a post shows. `publicUrl`: of the stage, without a trailing slash. */
export const linkAddress = (publicUrl: string, link: string): string => `${publicUrl}/s/${link}`;

/**
 * What is stored of a secret: SHA-256 in hex. The secret is random, so nothing slower is needed.
 */
export const linkHash = (link: string): string => createHash('sha256').update(link).digest('hex');

/** Whether a text has the form of a secret. Whatever else was typed is not worth a read. */
export const isCapabilityLink = (text: string): boolean => form.test(text);
