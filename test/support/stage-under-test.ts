import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterwordApp } from '../../lib/afterword-app.ts';
import { type Bundles, bundleNames, bundlesIn } from '../../lib/bundle.ts';
import { readDistribution } from '../../lib/read-distribution.ts';
import { checkSecurity } from '../../lib/security-checks.ts';
import { type StageSettings, settingsWith } from '../../lib/stage-settings.ts';
import { type StageName, stackNameOf } from '../../lib/stages.ts';

export { stageNames } from '../../lib/stages.ts';

// biome-ignore lint/suspicious/noExplicitAny: a template is JSON whose shape is what the tests are about
export type Json = any;
export interface Resource {
  readonly id: string;
  readonly type: string;
  readonly properties: Json;
  readonly deletionPolicy: string | undefined;
}

/** A stage's template with functions that do nothing, and methods to query it. */
export class StageUnderTest {
  readonly resources: readonly Resource[];
  readonly outputs: Readonly<Record<string, Json>>;
  readonly text: string;

  constructor(template: Json) {
    this.text = JSON.stringify(template);
    this.outputs = template.Outputs;
    this.resources = Object.entries<Json>(template.Resources).map(([id, { Type, Properties, DeletionPolicy }]) => ({
      id,
      type: Type,
      properties: Properties ?? {},
      deletionPolicy: DeletionPolicy,
    }));
  }

  all(type: string): readonly Resource[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  /** The function whose name ends with `name`, for example `deliver-bulk`. */
  fn(name: string): Resource {
    return the(this.all('AWS::Lambda::Function').filter(({ properties }) => properties.FunctionName.endsWith(`-${name}`)));
  }

  queue(name: string): Resource {
    return the(this.all('AWS::SQS::Queue').filter(({ properties }) => properties.QueueName.endsWith(`-${name}`)));
  }

  /** Every statement of the function's role, from all policies. */
  statements(name: string): readonly Json[] {
    const role = this.fn(name).properties.Role['Fn::GetAtt'][0];
    return this.all('AWS::IAM::Policy')
      .filter(({ properties }) => properties.Roles.some(({ Ref }: Json) => Ref === role))
      .flatMap(({ properties }) => properties.PolicyDocument.Statement);
  }

  actions(name: string): readonly string[] {
    return this.statements(name).flatMap(({ Action }) => Action);
  }

  functionNames(): readonly string[] {
    return this.all('AWS::Lambda::Function').map(({ properties }) => properties.FunctionName.split('-').slice(2).join('-'));
  }
}

export const testDistribution = fileURLToPath(new URL('fixtures/distributions/with-customers.yaml', import.meta.url));

interface Changes extends Partial<Omit<StageSettings, 'distribution'>> {
  /** Path of the distribution file. */
  readonly distribution?: string;
}

/** Each stage is made only once, because nothing writes to it. */
const madeStages = new Map<string, StageUnderTest>();
export function aStage(name: StageName, changes: Changes = {}): StageUnderTest {
  const key = JSON.stringify([name, changes]);
  const stage = madeStages.get(key) ?? makeStage(name, changes);
  madeStages.set(key, stage);
  return stage;
}

function makeStage(name: StageName, { distribution = testDistribution, ...changes }: Changes): StageUnderTest {
  const outDir = mkdtempSync(join(tmpdir(), 'afterword-template-'));
  const settings = { ...settingsWith(readDistribution(distribution)), ...changes };
  const assembly = afterwordApp({ stages: { [name]: settings }, bundles: emptyBundles(), outDir }).synth();
  return new StageUnderTest(assembly.getStackByName(stackNameOf(name)).template);
}

/** What cdk-nag reports about every stage. */
export function securityReport(): Json {
  const outDir = mkdtempSync(join(tmpdir(), 'afterword-nag-'));
  const settings = settingsWith(readDistribution(testDistribution));
  const domain = 'lessons.fabrikam.example';
  const certificate = 'arn:aws:acm:eu-west-1:111122223333:certificate/12ab';
  const stages = {
    laptop: {
      ...settings,
      slack: { token: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:slack-AbCdEf' },
      connectors: { secret: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:connectors-AbCdEf' },
    },
    staging: { ...settings, pages: { domain, certificate } },
    production: { ...settings, pages: { domain, hostedZone: { id: 'Z0123456789ABC', name: 'fabrikam.example' } } },
  };
  checkSecurity(afterwordApp({ stages, bundles: emptyBundles(), outDir })).synth();
  return JSON.parse(readFileSync(join(outDir, 'validation-report.json'), 'utf8'));
}

export function the<T>(found: readonly T[]): T {
  const [only, ...more] = found;
  if (only === undefined || more.length > 0) throw new Error(`expected one, found ${found.length}`);
  return only;
}

function emptyBundles(): Bundles {
  const dir = mkdtempSync(join(tmpdir(), 'afterword-bundles-'));
  for (const name of bundleNames) {
    mkdirSync(join(dir, name));
    writeFileSync(join(dir, name, 'handler.mjs'), `export const handler = async () => '${name}';\n`);
  }
  return bundlesIn(dir);
}
