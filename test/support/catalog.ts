import type { Service } from '../../core/catalog/catalog.ts';
import type { Distribution } from '../../core/distribution/distribution.ts';

/** A service of the namespace `default` that depends on nothing. */
export const aService = (name: string, more: Partial<Service> = {}): Service => ({
  ref: `component:default/${name.toLowerCase()}`,
  name,
  aliases: [],
  kind: 'service',
  tech: [],
  dependsOn: [],
  provides: [],
  consumes: [],
  ...more,
});

export const aFileTeam = (name: string, ...services: string[]): Distribution['teams'][number] => ({ name, services, channels: {} });
