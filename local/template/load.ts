import { account, type LocalAws, region } from './local-aws.ts';
import { isRecord, noValue, resolve, type Scope } from './resolve.ts';
import { type Identity, resourceTypes } from './resource-types.ts';
import { type Resource, Template, TemplateError } from './template.ts';

/** A resource with all its intrinsic functions resolved. */
export interface ResolvedResource {
  readonly logicalId: string;
  readonly type: string;
  readonly name: string;
  readonly identity: Identity;
  readonly properties: Record<string, unknown>;
  readonly metadata: Record<string, unknown>;
}

const typeOf = (logicalId: string, resource: Resource) => {
  const type = resourceTypes[resource.Type];
  if (type !== undefined) return type;
  throw new TemplateError(
    `${logicalId} is an ${resource.Type}, which the local stack does not know: teach it in local/template/resource-types.ts`,
  );
};

const pseudoParameters = (aws: LocalAws): Readonly<Record<string, unknown>> => ({
  'AWS::AccountId': account,
  'AWS::NoValue': noValue,
  'AWS::NotificationARNs': [],
  'AWS::Partition': 'aws',
  'AWS::Region': region,
  'AWS::StackId': `arn:aws:cloudformation:${region}:${account}:stack/${aws.stackName}/local`,
  'AWS::StackName': aws.stackName,
  'AWS::URLSuffix': 'amazonaws.com',
});

const once = <T>(compute: (name: string) => T, circle: string) => {
  const known = new Map<string, T>();
  const underWay = new Set<string>();
  return (name: string): T => {
    const value = known.get(name);
    if (value !== undefined) return value;
    if (underWay.has(name)) throw new TemplateError(`${name}: ${circle}`);
    underWay.add(name);
    const made = compute(name);
    known.set(name, made);
    return made;
  };
};

const scopeOf = (template: Template, aws: LocalAws) => {
  const pseudo = pseudoParameters(aws);
  const identify = once((logicalId: string): { name: string; identity: Identity } => {
    const resource = template.Resources[logicalId];
    if (resource === undefined) throw new TemplateError(`no resource ${logicalId}`);
    const type = typeOf(logicalId, resource);
    const given = type.nameProperty === undefined ? undefined : resource.Properties[type.nameProperty];
    const resolved = given === undefined ? undefined : resolve(given, scope, `${logicalId}.${type.nameProperty}`);
    const name = typeof resolved === 'string' ? resolved : `${aws.stackName}-${logicalId}`;
    return { name, identity: type.identify(name, aws) };
  }, 'its name refers to itself');
  const condition = once(
    (name: string) => resolve(template.Conditions[name], scope, `Conditions.${name}`) === true,
    'the condition refers to itself',
  );
  const scope: Scope = {
    ref: (name) => {
      if (name in pseudo) return pseudo[name];
      if (name in template.Parameters) return template.Parameters[name]?.Default;
      return name in template.Resources ? identify(name).identity.ref : undefined;
    },
    attribute: (name, attribute) => (name in template.Resources ? identify(name).identity.attributes[attribute] : undefined),
    condition: (name) => (name in template.Conditions ? condition(name) : undefined),
    mapping: (map, first, second) => template.Mappings[map]?.[first]?.[second],
  };
  return { scope, identify };
};

/**
 * The template's resources, resolved. Every type must be known. The properties of harmless
 * resources are not resolved: they are not used here, and may refer to what only AWS knows.
 */
export function loadTemplate(raw: unknown, aws: LocalAws): ResolvedResource[] {
  const template = Template.parse(raw);
  const { scope, identify } = scopeOf(template, aws);
  return Object.entries(template.Resources)
    .filter(([, resource]) => resource.Condition === undefined || scope.condition(resource.Condition) !== false)
    .map(([logicalId, resource]) => {
      const type = typeOf(logicalId, resource);
      const resolved = type.kind === 'runs' ? resolve(resource.Properties, scope, logicalId) : {};
      return {
        logicalId,
        type: resource.Type,
        ...identify(logicalId),
        properties: isRecord(resolved) ? resolved : {},
        metadata: resource.Metadata,
      };
    });
}
