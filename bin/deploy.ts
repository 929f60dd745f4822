#!/usr/bin/env node
/**
 * npm run deploy -- <stack> [options of cdk deploy] [--delete]: makes the templates from
 * deploy.yaml, shows what differs from what is deployed, and deploys. It asks before it deletes
 * anything. If nobody can answer, it ends, unless `--delete` is given.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline/promises';
import { fileURLToPath } from 'node:url';
import { checkBlock, credentialsAdvice, deletionsIn, deployWords, meaningOf } from '../lib/deploy-words.ts';
import { readSettings } from '../lib/read-settings.ts';

const cdkPath = fileURLToPath(new URL('../node_modules/aws-cdk/bin/cdk', import.meta.url));
const output = 'cdk.out';

/**
 * Runs the CDK command line. With `listen` it returns the output. If the CDK fails, this program
 * ends with the same status.
 */
function cdk(words: readonly string[], { listen = false } = {}): Promise<string> {
  const child = spawn(process.execPath, [cdkPath, ...words, '--no-notices'], {
    stdio: listen ? ['inherit', 'pipe', 'pipe'] : 'inherit',
  });
  let printed = '';
  // The CDK prints the difference to stderr, or to stdout if the variable CI is set.
  for (const [from, to] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ] as const) {
    from?.on('data', (chunk: Buffer) => {
      printed += chunk;
      to.write(chunk);
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) return resolve(printed);
      const advice = credentialsAdvice(printed);
      if (advice) process.stderr.write(`\n${advice}\n`);
      process.exit(code ?? 1);
    });
  });
}

async function isAgreed(): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question('Deploy and delete this? Type yes: ');
  terminal.close();
  return answer.trim() === 'yes';
}

/** Options that choose the account and region. The comparison needs them as well. */
const whereIn = (words: readonly string[]): string[] =>
  words.flatMap((word, i) => {
    if (!/^--(profile|region|role-arn|toolkit-stack-name)(=|$)/.test(word)) return [];
    return word.includes('=') ? [word] : [word, ...words.slice(i + 1, i + 2)];
  });

async function run(): Promise<void> {
  const { stack, others, mayDelete } = deployWords(process.argv.slice(2));
  checkBlock(readSettings('deploy.yaml'), stack);
  await cdk(['synth', '--quiet', '--output', output]);
  const diff = await cdk(['diff', stack, '--app', output, '--method', 'template', '--no-color', ...whereIn(others)], { listen: true });
  const deletions = deletionsIn(diff);
  if (deletions.length > 0) {
    console.log(`\nThis deployment deletes, or replaces, what is deployed now:\n\n${deletions.map(meaningOf).join('\n')}\n`);
    if (!mayDelete && !(await isAgreed())) {
      throw new Error(
        'Nothing was deployed. Where that is meant, say so: add --delete. Else put back in deploy.yaml or the distribution file what is missing.',
      );
    }
  }
  await cdk(['deploy', stack, '--app', output, ...others]);
}

try {
  await run();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
