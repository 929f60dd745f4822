import { expect, it } from 'vitest';
import { dynamoDbRequests } from '../../../local/iam/dynamodb-requests.ts';
import { planOf } from '../../../local/plan/plan.ts';
import { loadTemplate } from '../../../local/template/load.ts';
import { toyTemplate } from '../../support/toy-template.ts';

const { tables } = planOf(loadTemplate(toyTemplate, { stackName: 'toy', apiUrl: '', queuesUrl: '' }));
const TableName = 'toy-Table';
const key = (pk: string) => ({ pk: { S: pk }, sk: { S: 'x' } });
const partitions = (operation: string, call: object) =>
  dynamoDbRequests(operation, { TableName, ...call }, tables).map(({ context }) => context?.['dynamodb:leadingkeys']);
const query = (KeyConditionExpression: string, names: object = {}, IndexName?: string) =>
  partitions('Query', {
    KeyConditionExpression,
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: { ':a': { S: 'A' }, ':b': { S: 'B' } },
    IndexName,
  });

it.each([
  ['GetItem', { Key: key('A') }, ['A']],
  ['UpdateItem', { Key: key('A') }, ['A']],
  ['PutItem', { Item: { ...key('A'), more: { N: '1' } } }, ['A']],
  ['BatchGetItem', { RequestItems: { [TableName]: { Keys: [key('A'), key('B'), key('A')] } } }, ['A', 'B']],
  [
    'BatchWriteItem',
    { RequestItems: { [TableName]: [{ PutRequest: { Item: key('A') } }, { DeleteRequest: { Key: key('B') } }] } },
    ['A', 'B'],
  ],
  ['PutItem', { Item: {} }, ['']],
] as const)('%s of %j is about %j', (operation, call, expected) => {
  expect(partitions(operation, call)).toEqual([expected]);
});

it.each([
  ['pk = :a', {}],
  ['#p = :a AND #s = :b', { '#p': 'pk', '#s': 'sk' }],
  ['#s = :b AND (#p=:a)', { '#p': 'pk', '#s': 'sk' }],
  ['#p = :a AND begins_with(#s, :b)', { '#p': 'pk', '#s': 'sk' }],
])('a query by %s is about one partition', (expression, names) => {
  expect(query(expression, names)).toEqual([['A']]);
});

it('a query of an index is about the index’s partition, and about the index', () => {
  expect(query('gsi1pk = :b AND gsi1sk = :a', {}, 'gsi1')).toEqual([['B']]);
  const [ask] = dynamoDbRequests('Query', { TableName, IndexName: 'gsi1' }, tables);
  expect(ask?.resource).toMatch(/:table\/toy-Table\/index\/gsi1$/);
});

it('a query that it cannot read is about no partition that anybody may see', () => {
  expect(query('somethingElse = :a')).toEqual([['']]);
});

it('a scan has no partitions at all', () => {
  expect(dynamoDbRequests('Scan', { TableName }, tables)).toEqual([
    { action: 'dynamodb:Scan', resource: 'arn:aws:dynamodb:us-east-1:000000000000:table/toy-Table' },
  ]);
});
