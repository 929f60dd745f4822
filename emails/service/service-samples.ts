import { serviceKinds } from '../../core/edition/service-kind.ts';
import { renderService } from '../render-service.ts';

/** Every service mail as a reader of an invented organisation gets it, for tests and for looking at. */
export const serviceSamples = serviceKinds.map(
  (kind) =>
    [kind, renderService(kind, { organisation: 'Northwind', ...(kind !== 'new-link' && { stream: 'Engineering digest' }) })] as const,
);
