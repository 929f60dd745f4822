import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import type { BrokenRule } from '../core/distribution/broken-rule.ts';
import { parseYaml } from '../core/distribution/parse-distribution.ts';
import { distributionIn, flawAt, readDistribution } from './read-distribution.ts';
import { exampleOfSetting, SettingsFile, type StageSettings } from './stage-settings.ts';

/** The stages that are deployed. The laptop is not. */
export const deployedStages = ['staging', 'production'] as const;
export type DeployedStage = (typeof deployedStages)[number];
export type Settings = Readonly<Partial<Record<DeployedStage, StageSettings>>>;

/**
 * Domains that belong to nobody (RFC 2606 and 6761). Deploying with one means that the
 * organisation's own domains are still missing.
 */
const reserved = /(^|\.)(example\.(com|net|org)|example|test|invalid|localhost)$/;

/**
 * Reads the settings of every stage that the file has a block for, with their distribution files.
 * Throws one error with every flaw of all these files, each with place and remedy. `own: false`
 * accepts the domains of the sample.
 */
export function readSettings(path: string, { own = true }: { readonly own?: boolean } = {}): Settings {
  if (!existsSync(path)) {
    throw new Error(
      `There is no ${path} here. It says what staging and production are deployed with: copy samples/deploy.yaml to ${path}.`,
    );
  }
  const inThem: string[] = [];
  const read = parseYaml(readFileSync(path, 'utf8'), {
    schema: SettingsFile,
    exampleOf: exampleOfSetting,
    brokenRules: (content) => {
      const stages = Loosely.safeParse(content).data;
      if (!stages) return [];
      if (Object.keys(stages).length === 0) return [{ path: [], problem: 'names no stage', remedy: exampleOfSetting([]) }];
      return deployedStages.flatMap((stage) => {
        const block = stages[stage];
        if (!block) return [];
        const { rules, flaws } = besides(stage, block, { path, own });
        inThem.push(...flaws);
        return rules;
      });
    },
  });
  const flaws = [...('flaws' in read ? read.flaws.map((flaw) => flawAt(path, flaw)) : []), ...new Set(inThem)];
  if ('flaws' in read || flaws.length > 0) throw new Error(`The settings of the deployment cannot be used:\n${flaws.join('\n')}`);
  return Object.fromEntries(
    deployedStages.flatMap((stage) => {
      const block = read.value[stage];
      return block ? [[stage, { mayMail: [], ...block, distribution: readDistribution(fileOf(path, block)) }]] : [];
    }),
  );
}

/**
 * The parts of a block that concern the distribution file. They are read even if the rest of the
 * block is flawed, so that every flaw is reported at once.
 */
const looseBlock = z
  .looseObject({ distribution: z.string(), verifiedDomains: z.array(z.string()).catch([]) })
  .optional()
  .catch(undefined);
const Loosely = z.looseObject({ staging: looseBlock, production: looseBlock });
type SettingsBlock = NonNullable<z.infer<typeof looseBlock>>;

const fileOf = (path: string, { distribution }: Pick<SettingsBlock, 'distribution'>) => join(dirname(path), distribution);

interface Where {
  readonly path: string;
  /** False: the sample may be used as it is, because nothing is deployed. */
  readonly own: boolean;
}

/**
 * Finds what does not match between a block and its distribution file, and the flaws of that file
 * itself.
 */
function besides(stage: DeployedStage, block: SettingsBlock, { path, own }: Where): { rules: BrokenRule[]; flaws: readonly string[] } {
  const rule = (place: (string | number)[], problem: string, remedy: string) => ({ path: [stage, ...place], problem, remedy });
  const file = fileOf(path, block);
  if (!existsSync(file)) {
    const missing = rule(['distribution'], `there is no file ${file}`, `Name your distribution file, as seen from ${path}.`);
    return { rules: [missing], flaws: [] };
  }
  const read = distributionIn(file);
  if ('flaws' in read) return { rules: [], flaws: read.flaws };

  const { organisation, senders } = read.distribution;
  const ofSenders = [senders.internal, senders.customers].flatMap((sender) => sender?.address.replace(/.*@/, '').toLowerCase() ?? []);
  const nobodys = [...new Set([...organisation.domains, ...ofSenders])].filter((domain) => reserved.test(domain));
  const borrowed = own && nobodys.length > 0;
  return {
    flaws: [],
    rules: [
      ...(borrowed
        ? [
            rule(
              ['distribution'],
              `${file} has ${nobodys.join(' and ')}, which ${nobodys.length === 1 ? "is nobody's domain" : "are nobody's domains"}`,
              'Put your own domains and senders in.',
            ),
          ]
        : []),
      ...block.verifiedDomains.flatMap((domain, i) =>
        ofSenders.includes(domain)
          ? []
          : [rule(['verifiedDomains', i], `no sender of ${file} is in ${domain}`, `The senders are in ${ofSenders.join(' and ')}.`)],
      ),
    ],
  };
}
