import { localKey } from './local-key.ts';

/** The stack's HTTP API as a producer and an operator use it, with the local key. */
export interface Api {
  /**
   * The JSON of the answer. For anything except 2xx, rejects with method, path, status and the text
   * of the answer.
   */
  call(method: string, path: string, body?: string, type?: string): Promise<unknown>;
}

export const localApi = (url: string): Api => ({
  call: async (method, path, body, type = 'application/json') => {
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${localKey}`, ...(body === undefined ? {} : { 'content-type': type }) },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 600)}`);
    return text === '' ? undefined : JSON.parse(text);
  },
});
