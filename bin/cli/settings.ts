import { KeyRefused, UsedWrongly } from './failure.ts';
import { keyOf, type Profile, profileNamed } from './profiles.ts';

/** Options that every command accepts. */
export interface GlobalOptions {
  readonly api?: string;
  readonly key?: string;
  readonly profile?: string;
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

/**
 * Options come before the environment, and the environment before the local stack. A profile counts
 * as much as the option or the variable that names it. Throws UsedWrongly or KeyRefused.
 */
export function settingsFrom(options: GlobalOptions, env: NodeJS.ProcessEnv): Settings {
  if (options.api !== undefined && options.profile !== undefined)
    throw new UsedWrongly('Use either --api or --profile, not both: the key of a profile is for its own address.');
  const chosen = options.profile === undefined ? undefined : profileNamed(options.profile, env);
  const usual =
    options.api === undefined && !chosen && !env.AFTERWORD_API && env.AFTERWORD_PROFILE
      ? profileNamed(env.AFTERWORD_PROFILE, env)
      : undefined;
  const api = apiUrl(options.api ?? chosen?.api ?? (env.AFTERWORD_API || usual?.api || localApi));
  const key = options.key ?? (chosen && keyOf(chosen, env)) ?? env.AFTERWORD_KEY ?? (usual && keyOf(usual, env)) ?? keyOfLocal(api);
  const from = chosen ?? usual;
  if (!key) throw new KeyRefused(`There is no key for ${api.origin}. ${remedy(from)}`);
  if (!/^[\x21-\x7e]+$/.test(key))
    throw new KeyRefused('The key has spaces or other characters that no key has. Was it copied completely?');
  return { api, key };
}

const keyOfLocal = (api: URL) => (loopback.includes(api.hostname) ? localKey : '');

const remedy = (profile: Profile | undefined) =>
  profile === undefined
    ? 'Set AFTERWORD_KEY or add --key.'
    : `Set AFTERWORD_KEY, add --key, or say where the profile ${profile.name} has it: keyFrom in ${profile.files.at(-1)}.`;

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
