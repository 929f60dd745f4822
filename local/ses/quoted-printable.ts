/** Decodes quoted-printable text to bytes, one character for each byte. */
export const decodeQuotedPrintable = (text: string): string =>
  text.replaceAll(/=[ \t]*\r?\n/g, '').replaceAll(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

const escaped = (character: string) => `=${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;

/** Encodes bytes (one character each) as quoted-printable lines of at most 76 characters. */
export const encodeQuotedPrintable = (bytes: string): string =>
  bytes
    .split(/\r?\n/)
    .map((line) => line.replaceAll(/[^\t\x20-\x3c\x3e-\x7e]/g, escaped).replace(/[ \t]$/, escaped))
    .map((line) => (line.match(/(?:=[0-9A-F]{2}|[^=]){1,24}/g) ?? []).join('=\r\n'))
    .join('\r\n');
