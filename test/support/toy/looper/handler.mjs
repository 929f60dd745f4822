import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

const table = new DynamoDBClient({});
const queue = new SQSClient({});
const { QUEUE_URL: QueueUrl, TABLE_NAME: TableName, AWS_LAMBDA_FUNCTION_NAME: name } = process.env;

/** Records each run, and sends itself a message until it has run as often as the message says. */
export const handler = async ({ Records }) => {
  for (const record of Records) {
    const { run, last, inBatches } = JSON.parse(record.body);
    const item = { pk: { S: name }, sk: { S: String(run) }, record: { S: JSON.stringify(record) } };
    await table.send(new PutItemCommand({ TableName, Item: item }));
    if (run === last) continue;
    const MessageBody = JSON.stringify({ run: run + 1, last, inBatches });
    if (inBatches) await queue.send(new SendMessageBatchCommand({ QueueUrl, Entries: [{ Id: 'next', MessageBody }] }));
    else await queue.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  }
};
