import { type ServiceKind, serviceKinds } from '../../../core/edition/service-mail.ts';
import type { Realm } from '../../../core/stream/stream.ts';
import { renderService } from '../../../emails/render-service.ts';
import type { ServiceFacts } from '../../../emails/service-words.ts';

/** The facts of a service mail of an invented organisation. */
export const sampleFacts = (kind: ServiceKind, realm: Realm): ServiceFacts => ({
  organisation: 'Northwind',
  realm,
  ...(kind !== 'new-link' && kind !== 'sign-in' && { stream: realm === 'staff' ? 'Engineering digest' : 'Incident notices' }),
});

const sample = (kind: ServiceKind, realm: Realm) =>
  [realm === 'staff' ? kind : `${kind} for ${realm}`, renderService(kind, sampleFacts(kind, realm)), { kind, realm }] as const;

/**
 * Every service mail by name, as a reader of an invented organisation gets it, for tests and for
 * viewing. Customers get no mails about approvals and none to sign in: no customer approves
 * others or has sessions.
 */
export const serviceSamples = [
  ...serviceKinds.map((kind) => sample(kind, 'staff')),
  ...serviceKinds.filter((kind) => !['approval', 'joined', 'sign-in'].includes(kind)).map((kind) => sample(kind, 'customers')),
];
