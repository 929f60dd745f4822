import type { ResolvedResource } from '../template/load.ts';
import { type FunctionPlan, functionOf, type MappingPlan, mappingOf } from './functions.ts';
import { type ConfigurationSetPlan, configurationSetsOf } from './mail.ts';
import { type QueuePlan, queueOf, type SubscriptionPlan, subscriptionsOf } from './queues.ts';
import { type RolePlan, rolesOf } from './roles.ts';
import { type RoutePlan, routesOf } from './routes.ts';
import { type SchedulePlan, schedulePlanOf } from './schedules.ts';
import { type SecretPlan, secretOf } from './secrets.ts';
import { type TablePlan, tableOf } from './tables.ts';

/** What the local stack has to run, from the resolved template. */
export interface Plan {
  readonly functions: readonly FunctionPlan[];
  readonly roles: readonly RolePlan[];
  readonly mappings: readonly MappingPlan[];
  readonly routes: readonly RoutePlan[];
  readonly queues: readonly QueuePlan[];
  /** ARNs of the topics. */
  readonly topics: readonly string[];
  readonly subscriptions: readonly SubscriptionPlan[];
  readonly tables: readonly TablePlan[];
  readonly secrets: readonly SecretPlan[];
  readonly schedules: readonly SchedulePlan[];
  readonly configurationSets: readonly ConfigurationSetPlan[];
  /** Domains and addresses that mail may be sent from. */
  readonly identities: readonly string[];
}

/** Throws TemplateError that names the property if this stack cannot run a resource as it is. */
export function planOf(resources: readonly ResolvedResource[]): Plan {
  const each = <T>(types: readonly string[], make: (resource: ResolvedResource) => T): T[] =>
    resources.filter((resource) => types.includes(resource.type)).map(make);
  return {
    functions: each(['AWS::Lambda::Function'], functionOf),
    roles: rolesOf(resources),
    mappings: each(['AWS::Lambda::EventSourceMapping'], mappingOf),
    routes: routesOf(resources),
    queues: each(['AWS::SQS::Queue'], queueOf),
    topics: each(['AWS::SNS::Topic'], ({ identity }) => identity.ref),
    subscriptions: each(['AWS::SNS::Subscription'], subscriptionsOf).flat(),
    tables: each(['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'], tableOf),
    secrets: each(['AWS::SecretsManager::Secret'], secretOf),
    schedules: each(['AWS::Scheduler::Schedule'], schedulePlanOf),
    configurationSets: configurationSetsOf(resources),
    identities: each(['AWS::SES::EmailIdentity'], ({ name }) => name),
  };
}
