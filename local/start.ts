import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import pc from 'picocolors';
import { ConfigurationAnswer } from '../core/operator/api.ts';
import { synthesise } from '../lib/synthesise.ts';
import { untaken } from './http/free-port.ts';
import { sampleAccounts } from './identity/people.ts';
import { startLocalProvider } from './identity/start.ts';
import { ownFolder } from './own-folder.ts';
import { loadSamples } from './samples.ts';
import { localSlack } from './slack/token.ts';
import { type LocalStack, type LocalStackOptions, startLocalStack } from './stack.ts';
import { localApi } from './start/api.ts';
import { localKey, putLocalKey } from './start/local-key.ts';
import { type StartOptions, startOptions, usage } from './start/options.ts';
import { type Report, report } from './start/report.ts';
import { stopOnSignals } from './start/stop-on-signals.ts';
import { localConnectors } from './vendors/server.ts';

const samplesFolder = fileURLToPath(new URL('../samples', import.meta.url));
const out = report((text) => process.stdout.write(text));

async function run(options: StartOptions, out: Report): Promise<void> {
  out.title('Afterword, the local stack');
  // Checked before the bundling, so that a taken port is reported at once.
  await untaken(options.port);
  const folder = await ownFolder(tmpdir());
  process.once('exit', folder.remove);
  const provider = options.signIn === 'provider' ? await startLocalProvider(options.samples ? sampleAccounts : []) : undefined;
  const { setting: slack, token: slackToken, signing: slackSigning, secrets } = localSlack();
  const vendors = localConnectors();
  const synthesised = await out.step(
    'the functions are bundled',
    () =>
      synthesise('laptop', {
        distribution: options.distribution,
        signIn: provider?.signIn,
        slack,
        connectors: vendors.setting,
        outDir: folder.path,
      }),
    () => 'Functions bundled, template made',
  );
  const made = {
    ...synthesised,
    slackToken,
    slackSigning,
    vendorsToken: vendors.token,
    secrets: new Map([...(provider?.secrets ?? []), ...secrets, ...vendors.secrets]),
  };
  const stack = await out.step('everything starts', () => start(options, made, out), startedTold);
  provider?.open(stack);
  stopOnSignals(stack, (text) => out.line(text));
  if (options.distribution !== undefined) await putInForce(stack, options.distribution, out);
  if (options.samples) await loadSamples(stack, samplesFolder, new Date(), out).catch((error: unknown) => out.line(failedTold(error)));
  out.line('');
  out.rows(whereToLook(stack, provider?.issuer));
  out.line('');
}

type Made = Awaited<ReturnType<typeof synthesise>> & Pick<LocalStackOptions, 'secrets' | 'slackToken' | 'slackSigning' | 'vendorsToken'>;

async function start(options: StartOptions, made: Made, out: Report): Promise<LocalStack> {
  const { port, dataDir, verbose } = options;
  const dynamoDbEndpoint = process.env.DYNAMODB_ENDPOINT;
  const print = (line: string) => out.line(pc.dim(line));
  const stack = await startLocalStack({ ...made, port, dataDir, verbose, dynamoDbEndpoint, print });
  if (stack.table !== undefined) await putLocalKey(stack.table);
  return stack;
}

/** Puts the distribution file from the command line in force, so that no `apply` is needed. */
const putInForce = (stack: LocalStack, file: string, out: Report) =>
  out.step(
    `${file} is applied`,
    async () => {
      const text = await readFile(file, 'utf8');
      return ConfigurationAnswer.parse(await localApi(stack.url).call('PUT', '/operator/configuration', text, 'text/yaml'));
    },
    ({ applied }) => `${file} ${applied ? 'applied' : 'unchanged'}`,
  );

const startedTold = ({ plan, engine, url }: LocalStack) =>
  `${plan.functions.length} functions, ${plan.queues.length} queues, ${plan.schedules.length} schedules, ${plan.tables.length} table (${engine}) at ${pc.bold(url)}`;

const failedTold = (error: unknown) =>
  `${pc.red('✗')} The samples are not all loaded: ${error instanceof Error ? error.message : String(error)}`;

const whereToLook = ({ url }: LocalStack, provider: string | undefined): [string, string][] => [
  ['Look', pc.cyan(`${url}/_local`)],
  ['Slack', `${pc.cyan(`${url}/_local?view=slack`)} shows what its channels show`],
  [
    'Sign in',
    `${pc.cyan(`${url}/sign-in`)} ${provider === undefined ? 'mails a link' : `asks an identity provider of this machine, ${provider}, who you are`}`,
  ],
  [
    'Publish',
    `curl -X PUT -H 'Authorization: Bearer ${localKey}' -H 'Content-Type: text/markdown' --data-binary @pm.md ${url}/postmortems/pm-1`,
  ],
  ['Command line', `npx afterword --api ${url} --key ${localKey} editions`],
  ['Stop', 'Ctrl-C'],
];

function explained(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE' && 'port' in error) {
    return `port ${String(error.port)} is taken, perhaps by another local stack. Stop that one, or choose another: npm start -- --port 4005`;
  }
  return error.message;
}

try {
  const options = startOptions(process.argv.slice(2), process.env.PORT);
  if (options === 'help') process.stdout.write(usage);
  else await run(options, out);
} catch (error) {
  process.stderr.write(`${pc.red('Afterword could not start:')} ${explained(error)}\n`);
  process.exit(1);
}
