import { KeyRefused, UsedWrongly } from './failure.ts';

/** Options that every command accepts. */
export interface GlobalOptions {
  readonly api?: string;
  readonly key?: string;
  readonly json?: boolean;
}
export interface Settings {
  /** Ends with a slash, so that a path below it can be resolved. */
  readonly api: URL;
  readonly key: string;
}

export const localApi = 'http://localhost:4004';
/** A fresh local stack accepts this key. */
const localKey = 'local';
const loopback = ['localhost', '127.0.0.1', '[::1]'];

/** Options come before the environment, and the environment before the local stack. */
export function settingsFrom(options: GlobalOptions, env: NodeJS.ProcessEnv): Settings {
  const api = apiUrl(options.api ?? (env.AFTERWORD_API || localApi));
  const key = options.key ?? env.AFTERWORD_KEY ?? (loopback.includes(api.hostname) ? localKey : '');
  if (!key) throw new KeyRefused(`There is no key for ${api.origin}. Set AFTERWORD_KEY or add --key.`);
  if (!/^[\x21-\x7e]+$/.test(key))
    throw new KeyRefused('The key has spaces or other characters that no key has. Was it copied completely?');
  return { api, key };
}

function apiUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new UsedWrongly(`"${text}" is not an address of an API. Write for example --api ${localApi}`);
  }
  url.search = '';
  url.hash = '';
  url.pathname = url.pathname.replace(/\/*$/, '/');
  return url;
}
