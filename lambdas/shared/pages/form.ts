import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { headerOf } from '../http-body.ts';

/**
 * Reads what a form or a mail client sent, form-encoded or multipart; no other type is accepted.
 * Only text is read: a file in a multipart body is left out, or with `files` read as text in UTF-8.
 * `<name>.flaw` says that one is not. It is never merged with anything from the address.
 */
export async function readForm(
  event: APIGatewayProxyEventV2,
  maxBytes: number,
  files = false,
): Promise<URLSearchParams | 'too much' | 'not understood'> {
  const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > maxBytes) return 'too much';
  const type = headerOf(event, 'content-type') ?? '';
  if (/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type)) return new URLSearchParams(bytes.toString('utf8'));
  return /^multipart\/form-data\s*;/i.test(type) ? readMultipart(bytes, type, files) : 'not understood';
}

async function readMultipart(bytes: Buffer, type: string, files: boolean): Promise<URLSearchParams | 'not understood'> {
  try {
    const data = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData();
    const form = new URLSearchParams();
    for (const [name, value] of data) {
      if (typeof value === 'string') form.append(name, value);
      // A browser sends an empty file where none was chosen.
      else if (files && value.size > 0) form.append(...(await fieldOf(name, value)));
    }
    return form;
  } catch {
    return 'not understood';
  }
}

async function fieldOf(name: string, file: File): Promise<[string, string]> {
  try {
    return [name, new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer())];
  } catch {
    return [`${name}.flaw`, 'is not text in UTF-8'];
  }
}
