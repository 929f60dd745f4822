/**
 * Posts to the Slack of the local stack under faults, and compares what stands there with what
 * should. The exit code is 1 if they differ.
 * Usage: npm run check:slack -- --postmortems 100 --channels 5 --seed 1 [--throttle 0.3] [--lost 0.1]
 * [--looks real]: into the history as seldom as on AWS, which takes half an hour
 */
import { parseArgs } from 'node:util';
import { postUnderFaults } from './slack/post-under-faults.ts';

const { values } = parseArgs({
  options: {
    postmortems: { type: 'string', default: '100' },
    channels: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
    throttle: { type: 'string', default: '0.3' },
    lost: { type: 'string', default: '0.1' },
    looks: { type: 'string', default: 'soon' },
  },
});

const told = (line: string) => process.stdout.write(`${line}\n`);
const lost = Number(values.lost);
const looks = values.looks === 'real' ? 'real' : 'soon';
const { violations, figures, calls } = await postUnderFaults({
  postmortems: Number(values.postmortems),
  channels: Number(values.channels),
  faults: {
    seed: Number(values.seed),
    slack: {
      throttle: Number(values.throttle),
      timeoutAfterAccept: lost / 2,
      reset: lost / 4,
      fatalErrorAfterAccept: lost / 4,
    },
  },
  looks,
  settleSeconds: (looks === 'real' ? 2400 : 300) + 6 * Number(values.postmortems),
  told,
});
console.table(figures);
console.table(calls);
for (const { rule, postmortem, channel, told: what } of violations) told(`${rule}: ${postmortem} in ${channel}: ${what}`);
told(violations.length === 0 ? 'Slack shows what it should' : `${violations.length} violations`);
process.exit(violations.length === 0 ? 0 : 1);
