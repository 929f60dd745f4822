import { execSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { parseYaml } from '../../core/distribution/parse-distribution.ts';
import { nearest } from '../../core/shared/nearest.ts';
import { KeyRefused, UsedWrongly } from './failure.ts';
import { printableLine } from './printable.ts';
import { complaintLine } from './terminal.ts';

/** Where the key of a profile comes from. The file never has the key itself. */
const KeyFrom = z.union(
  [
    z.strictObject({ env: z.string().regex(/^AFTERWORD_[A-Z0-9_]+$/, 'the name of a variable that begins with AFTERWORD_') }),
    z.strictObject({ command: z.string().trim().min(1).max(1000) }),
  ],
  '{ env: AFTERWORD_STAGING_KEY } or { command: a command that prints the key }',
);
export type KeyFrom = z.infer<typeof KeyFrom>;

const Profile = z.strictObject({
  api: z.string().min(1).max(500).optional(),
  keyFrom: KeyFrom.optional(),
  key: z
    .unknown()
    .refine((key) => key === undefined, 'for a file, because it is a secret')
    .optional(),
});
const ProfileFile = z.strictObject({ profiles: z.record(z.string(), Profile) });

const Named = z.looseObject({ profiles: z.record(z.string(), z.unknown()) });

export interface Profile {
  readonly name: string;
  readonly api: string | undefined;
  readonly keyFrom: KeyFrom | undefined;
  /** The files that say something about it. */
  readonly files: readonly string[];
}

export const ownFile = 'afterword.yaml';

/** The user's own file, and the one that a team shares in the folder. */
export const filesOf = (env: NodeJS.ProcessEnv) => ({
  folder: ownFile,
  user: join(env.XDG_CONFIG_HOME || join(env.HOME || homedir(), '.config'), 'afterword', 'profiles.yaml'),
});

export interface Profiles {
  readonly profiles: readonly Profile[];
  /** Every flaw of the folder's file, which is then left out. The user's own profiles go on. */
  readonly flawed?: UsedWrongly;
}

/**
 * All profiles, in the order of the files. What the user's own file says about one goes before what
 * the folder's says. Throws UsedWrongly with every flaw of the user's own file.
 */
export function readProfiles(env: NodeJS.ProcessEnv): Profiles {
  const { folder, user } = filesOf(env);
  const own = profilesIn(user);
  const merged = (shared: typeof own) =>
    [...new Set([...Object.keys(shared), ...Object.keys(own)])].map((name) => ({
      name,
      api: own[name]?.api ?? shared[name]?.api,
      keyFrom: own[name]?.keyFrom ?? shared[name]?.keyFrom,
      files: [...(shared[name] ? [folder] : []), ...(own[name] ? [user] : [])],
    }));
  try {
    return { profiles: merged(sharedProfiles(env)) };
  } catch (error) {
    if (!(error instanceof UsedWrongly)) throw error;
    return { profiles: merged({}), flawed: error };
  }
}

/** What the folder's file says. Throws UsedWrongly with every flaw. */
function sharedProfiles(env: NodeJS.ProcessEnv): ReturnType<typeof profilesIn> {
  const { folder, user } = filesOf(env);
  const shared = profilesIn(folder);
  for (const [name, { keyFrom }] of Object.entries(shared)) {
    if (keyFrom && 'command' in keyFrom) {
      throw new UsedWrongly(
        `${folder}: profiles.${name}.keyFrom: a file in a folder may not name a command, because whoever wrote the file could then run anything — Use env, or move it to ${user}.`,
      );
    }
  }
  return shared;
}

/**
 * The profile of this name. Throws UsedWrongly if there is none, or if it may be one whose address
 * the folder's file would say, and that file has a flaw.
 */
export function profileNamed(name: string, env: NodeJS.ProcessEnv): Profile {
  const { profiles: all, flawed } = readProfiles(env);
  const found = all.find((profile) => profile.name === name);
  if (flawed && found?.api === undefined) throw flawed;
  if (found) return found;
  const names = all.map((profile) => profile.name);
  const { folder, user } = filesOf(env);
  if (names.length === 0)
    throw new UsedWrongly(
      `There is no profile ${printableLine(name)}: neither ${folder} nor ${user} names one. See: afterword profiles --help`,
    );
  const meant = nearest(name, names);
  throw new UsedWrongly(
    `There is no profile ${printableLine(name)}. ${meant ? `Did you mean ${meant}?` : `There are: ${names.join(', ')}.`}`,
  );
}

/** The key of a profile. Undefined if the profile does not say where it comes from. */
export function keyOf({ name, keyFrom }: Profile, env: NodeJS.ProcessEnv): string | undefined {
  if (keyFrom === undefined) return undefined;
  if ('env' in keyFrom) {
    const key = env[keyFrom.env];
    if (key) return key;
    throw new KeyRefused(`The profile ${name} takes its key from ${keyFrom.env}, which is not set.`);
  }
  try {
    return execSync(keyFrom.command, { encoding: 'utf8', stdio: ['inherit', 'pipe', 'inherit'] }).trim();
  } catch {
    throw new KeyRefused(`The profile ${name} takes its key from a command, which failed: ${printableLine(keyFrom.command)}`);
  }
}

const example = 'keyFrom: { env: AFTERWORD_STAGING_KEY }';
const remedies: Readonly<Record<string, string>> = {
  env: `For example ${example}.`,
  keyFrom: `For example ${example}.`,
  key: `Say where it comes from: ${example}. If others could read it, revoke it: afterword keys revoke.`,
};

function profilesIn(path: string): Readonly<Record<string, z.infer<typeof Profile>>> {
  if (!existsSync(path)) return {};
  const read = parseYaml(readFileSync(path, 'utf8'), {
    schema: ProfileFile,
    exampleOf: (place) => remedies[String(place.at(-1))] ?? 'See: afterword profiles --help',
    brokenRules: (content) =>
      Object.keys(Named.safeParse(content).data?.profiles ?? {})
        .filter((name) => !/^[a-z0-9][a-z0-9-]{0,40}$/.test(name))
        .map((name) => ({
          path: ['profiles', name],
          problem: 'is not a name for a profile',
          remedy: 'Use small letters, digits and hyphens.',
        })),
  });
  if ('value' in read) return read.value.profiles;
  const colours = { bold: String, red: String };
  throw new UsedWrongly(read.flaws.map((flaw) => complaintLine({ ...flaw, file: path }, colours)).join('\n'));
}
