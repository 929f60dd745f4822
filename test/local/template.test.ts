import { describe, expect, it } from 'vitest';
import { planOf } from '../../local/plan/plan.ts';
import { loadTemplate } from '../../local/template/load.ts';
import { toyTemplate } from '../support/toy-template.ts';

const place = { stackName: 'toy', apiUrl: 'http://localhost:1', queuesUrl: 'http://127.0.0.1:2' };
const load = (resources: object, rest: object = {}) => loadTemplate({ Resources: resources, ...rest }, place);
/** What a value in a queue's property becomes. */
const resolved = (value: unknown, rest: object = {}, others: object = {}) =>
  load({ Queue: { Type: 'AWS::SQS::Queue', Properties: { value } }, ...others }, rest)[0]?.properties.value;

describe('intrinsic functions', () => {
  it.each([
    ['Ref of a parameter', { Ref: 'Word' }, 'hello'],
    ['Ref of a pseudo parameter', { Ref: 'AWS::Region' }, 'us-east-1'],
    ['Ref of a queue', { Ref: 'Other' }, 'http://127.0.0.1:2/000000000000/toy-Other'],
    ['GetAtt', { 'Fn::GetAtt': ['Other', 'Arn'] }, 'arn:aws:sqs:us-east-1:000000000000:toy-Other'],
    ['GetAtt with a dot', { 'Fn::GetAtt': 'Other.QueueName' }, 'toy-Other'],
    ['Join', { 'Fn::Join': ['-', ['a', { Ref: 'Word' }]] }, 'a-hello'],
    ['Sub', { 'Fn::Sub': '${Word} ${Other.QueueName} ${!Left}' }, 'hello toy-Other ${Left}'],
    ['Sub with its own variables', { 'Fn::Sub': ['${Name}!', { Name: { Ref: 'Word' } }] }, 'hello!'],
    ['Select and Split', { 'Fn::Select': [1, { 'Fn::Split': ['l', { Ref: 'Word' }] }] }, ''],
    ['If', { 'Fn::If': ['Yes', 'then', 'else'] }, 'then'],
    ['If not', { 'Fn::If': ['No', 'then', 'else'] }, 'else'],
    ['NoValue in a list', ['a', { Ref: 'AWS::NoValue' }], ['a']],
    ['NoValue in an object', { a: 1, b: { 'Fn::If': ['No', 1, { Ref: 'AWS::NoValue' }] } }, { a: 1 }],
    ['FindInMap', { 'Fn::FindInMap': ['Sizes', 'small', 'px'] }, 7],
    ['a policy condition, which is none', { Condition: { StringEquals: {} } }, { Condition: { StringEquals: {} } }],
  ])('%s', (_, value, expected) => {
    const rest = {
      Parameters: { Word: { Type: 'String', Default: 'hello' } },
      Conditions: { Yes: { 'Fn::Not': [{ Condition: 'No' }] }, No: { 'Fn::Equals': [{ Ref: 'Word' }, 'bye'] } },
      Mappings: { Sizes: { small: { px: 7 } } },
    };

    expect(resolved(value, rest, { Other: { Type: 'AWS::SQS::Queue' } })).toEqual(expected);
  });

  it('refuses what only AWS can say, and names the place', () => {
    expect(() => resolved({ 'Fn::ImportValue': 'shared' })).toThrow('Queue.value: Fn::ImportValue');
  });

  it('refuses a reference to nothing', () => {
    expect(() => resolved({ Ref: 'Nobody' })).toThrow('Nobody');
  });

  it('refuses a name that refers to itself', () => {
    expect(() => load({ Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { Ref: 'Queue' } } } })).toThrow('refers to itself');
  });
});

describe('resources', () => {
  it('refuses a type that it does not know', () => {
    expect(() => load({ Stream: { Type: 'AWS::Kinesis::Stream' } })).toThrow('AWS::Kinesis::Stream');
  });

  it('refuses a property that it would have to ignore', () => {
    const resources = load({ Mapping: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FilterCriteria: {} } } });

    expect(() => planOf(resources)).toThrow('FilterCriteria');
  });

  it('leaves out a resource whose condition does not hold', () => {
    expect(loadTemplate(toyTemplate, place).map(({ logicalId }) => logicalId)).not.toContain('Absent');
  });

  it('leaves the properties of harmless resources alone', () => {
    const alarm = { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmActions: [{ 'Fn::ImportValue': 'pager' }] } };

    expect(() => load({ Alarm: alarm })).not.toThrow();
  });

  it('routes to the function behind the integration', () => {
    const { routes } = planOf(loadTemplate(toyTemplate, place));

    expect(routes[0]).toEqual({ key: 'GET /echo', functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:toy-echo' });
  });
});
