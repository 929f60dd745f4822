import type { ControlRoute } from '../control/answers.ts';
import type { World } from '../control/world.ts';

export function pageRoutes(_world: World): ControlRoute[] {
  return [{ key: 'GET /_local', handle: () => ({ status: 200, headers: { 'content-type': 'text/html' }, body: 'soon' }) }];
}
