import type { Distribution } from '../distribution/distribution.ts';
import { streamTitle } from '../subscriber/stream-titles.ts';
import type { Composed } from './composed.ts';
import type { ComposeDeps } from './ports.ts';
import { streamAbout } from './service-kind.ts';
import { serviceEditionId, type WantedServiceMail } from './service-mail.ts';

/** Composes one mail that answers what somebody did. It says the same to everybody; the link in it is its reader's own. */
export function composeService(
  wanted: WantedServiceMail,
  distribution: Pick<Distribution, 'organisation' | 'severities' | 'streams'>,
  { renderService }: Pick<ComposeDeps, 'renderService'>,
): Composed {
  const stream = streamAbout(wanted.about);
  const fragments = renderService(wanted.kind, {
    organisation: distribution.organisation.name,
    realm: wanted.realm,
    ...(stream && { stream: streamTitle(stream, distribution) }),
  });
  return { id: serviceEditionId(wanted), stream: 'service', carried: [], fragments, subject: fragments.subject };
}
