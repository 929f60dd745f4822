import * as z from 'zod';
import type { ResolvedResource } from '../template/load.ts';
import { TemplateError } from '../template/template.ts';
import { read } from './read.ts';

export interface RoutePlan {
  /** As API Gateway writes it: `PUT /postmortems/{id}`, `ANY /{proxy+}` or `$default`. */
  readonly key: string;
  /** The ARN of the function that answers. */
  readonly functionArn: string;
}

const Integration = z.object({
  IntegrationType: z.literal('AWS_PROXY'),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal('2.0'),
});
const Route = z.object({
  RouteKey: z.string(),
  Target: z.string().startsWith('integrations/'),
  AuthorizationType: z.literal('NONE').optional(),
});

export function routesOf(resources: readonly ResolvedResource[]): RoutePlan[] {
  const integrations = new Map(
    resources
      .filter(({ type }) => type === 'AWS::ApiGatewayV2::Integration')
      .map((resource) => [resource.identity.ref, read(resource, Integration).IntegrationUri]),
  );
  return resources
    .filter(({ type }) => type === 'AWS::ApiGatewayV2::Route')
    .map((resource) => {
      const { RouteKey, Target } = read(resource, Route);
      const functionArn = integrations.get(Target.replace('integrations/', ''));
      if (functionArn === undefined) throw new TemplateError(`${resource.logicalId}: no integration ${Target}`);
      return { key: RouteKey, functionArn };
    });
}
