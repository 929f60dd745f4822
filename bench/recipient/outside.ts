/**
 * The world outside `deliver`, in a process of its own so that only the sender's processor time is
 * measured: a mail server that takes everything, a queue that hands each message to the parent
 * process, the secret with the token keys, and a door to the table's engine (its endpoint is the
 * argument) that counts units. Run by fork().
 */
import { createServer } from 'node:http';
import { injectedFaults } from '../../local/faults/faults.ts';
import { listenOnLoopback } from '../../local/http/listen.ts';
import { iamEnforcer } from '../../local/iam/iam-enforcer.ts';
import { startQueues } from '../../local/queues/engine.ts';
import { startFakeSecrets } from '../../local/secrets/server.ts';
import { answer } from '../../local/ses/answers.ts';
import { startDynamoDbProxy } from '../../local/usage/dynamodb-proxy.ts';
import { usageLedger } from '../../local/usage/ledger.ts';
import { tableShape } from '../../test/support/engines.ts';
import { type FromOutside, laneQueue, tableName, tokenKeys, type Units } from './wire.ts';

const [engine = ''] = process.argv.slice(2);
let accepted = 0;
const ses = createServer((incoming, outgoing) => {
  incoming.resume().on('end', () => {
    accepted += 1;
    const { status, xml } = answer('SendRawEmail', { MessageId: `m-${accepted}` }, `r-${accepted}`);
    outgoing.writeHead(status, { 'content-type': 'text/xml' }).end(xml);
  });
});
const tell = (message: FromOutside) => process.send?.(message);

const queues = await startQueues();
await queues.sqs('CreateQueue', { QueueName: laneQueue });
const openDoor = iamEnforcer(() => {});
const usage = usageLedger((caller) => caller);
const dynamodb = await startDynamoDbProxy(
  { name: 'external', endpoint: engine, reportsIndexWrites: true, stop: async () => {} },
  [{ name: tableName, LocalSecondaryIndexes: undefined, StreamSpecification: undefined, ...tableShape }],
  { ledger: usage, doorkeeper: openDoor, faults: injectedFaults() },
);
const secrets = await startFakeSecrets({
  doorkeeper: openDoor,
  secrets: [{ name: 'keys', arn: tokenKeys.arn, content: { text: '' } }],
  values: new Map([[tokenKeys.arn, JSON.stringify(tokenKeys.value)]]),
  count: () => {},
});
const sesPort = await listenOnLoopback(ses, 0);

process.on('message', () => tell({ kind: 'accepted', mails: accepted, units: units() }));
process.on('disconnect', () => process.exit(0));
tell({ kind: 'ready', ses: `http://127.0.0.1:${sesPort}`, sqs: queues.endpoint, secrets: secrets.endpoint, dynamodb: dynamodb.endpoint });

function units(): Units {
  const lines = usage.lines();
  return {
    read: lines.reduce((sum, { readUnits }) => sum + readUnits, 0),
    write: lines.reduce((sum, { writeUnits }) => sum + writeUnits, 0),
    operations: lines,
  };
}

const QueueUrl = `${queues.endpoint}/000000000000/${laneQueue}`;
for (;;) {
  const { Messages = [] } = (await queues.sqs('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 20 })) as {
    Messages?: { Body: string; ReceiptHandle: string }[];
  };
  for (const { Body, ReceiptHandle } of Messages) {
    await queues.sqs('DeleteMessage', { QueueUrl, ReceiptHandle });
    tell({ kind: 'message', body: Body });
  }
}
