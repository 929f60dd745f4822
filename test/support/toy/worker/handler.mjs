import { DynamoDBClient, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';

const table = new DynamoDBClient({});
const TableName = process.env.TABLE_NAME;

/** Stores each message. Then `fail` is reported as a failed item, and `throw` fails the whole batch. */
export const handler = async ({ Records }) => {
  const failures = [];
  for (const record of Records) {
    const body = JSON.parse(record.body);
    if (body.fail) failures.push({ itemIdentifier: record.messageId });
    const item = { pk: { S: body.pk ?? 'RECORD' }, sk: { S: body.id ?? record.messageId }, record: { S: JSON.stringify(record) } };
    if (body.list) Object.assign(item, { gsi1pk: { S: body.list }, gsi1sk: { S: body.id } });
    if (body.condition) await table.send(new UpdateItemCommand(impossible(item))).catch(() => {});
    else await table.send(new PutItemCommand({ TableName, Item: item }));
    if (body.throw) throw new Error('poison');
  }
  return { batchItemFailures: failures };
};

const impossible = ({ pk, sk }) => ({
  TableName,
  Key: { pk, sk },
  UpdateExpression: 'SET x = :x',
  ConditionExpression: 'attribute_not_exists(pk)',
  ExpressionAttributeValues: { ':x': { S: 'x' } },
});
