import { Fragment } from 'react';
import { Button, Heading, Link } from 'react-email';
import { placeholders } from '../../core/mail/fragments.ts';
import { wrapText } from '../../core/mail/wrap-text.ts';
import type { ServiceWords } from '../said-in-service.ts';
import { paragraphs, underlined, wrapped } from '../text-layout.ts';
import { font, text } from '../theme.ts';
import { untracked } from './footer.tsx';
import { Panel } from './panel.tsx';

/** What happened, one button, and what happens if nobody presses it. */
export const Notice = ({ heading, said, found = [], button: label, after }: ServiceWords) => (
  <Panel>
    <Heading as="h1" className="t" style={{ ...text.headline, font: font(700, 24, 31) }}>
      {heading}
    </Heading>
    {said.map((sentence) => (
      <p key={sentence} className="t" style={{ ...text.body, margin: '10px 0 0' }}>
        {sentence}
      </p>
    ))}
    {found.map((group) => (
      <Fragment key={group.heading}>
        <Heading as="h2" className="t" style={{ ...text.sectionTitle, margin: '22px 0 0' }}>
          {group.heading}
        </Heading>
        {keyed(group.findings).map(({ key, mark, what, why, remedy }) => (
          <p key={key} className="t" style={{ ...text.body, margin: '10px 0 0' }}>
            {atStart(mark)} · <strong>{what}</strong>: {why}. <Command said={remedy} />
          </p>
        ))}
      </Fragment>
    ))}
    <p style={{ margin: '18px 0 0' }}>
      <Button {...untracked} href={placeholders.action} className="button" style={text.button}>
        {label}
      </Button>
    </p>
    <p className="m" style={{ ...text.meta, margin: '16px 0 0' }}>
      {after}
    </p>
  </Panel>
);

/** Two people may be named for the same, so two findings may read alike. */
const keyed = <F extends object>(findings: readonly F[]) => findings.map((one, n) => ({ ...one, key: String(n) }));

const atStart = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** A sentence that may have a command in it. Its options are not broken after their hyphens. */
const Command = ({ said }: { readonly said: string }) =>
  said.split(/(?<=\s)(--[a-z-]+)/).map((part, n) =>
    n % 2 === 0 ? (
      part
    ) : (
      <span key={part} style={{ whiteSpace: 'nowrap' }}>
        {part}
      </span>
    ),
  );

/** Why the mail came, and a link to the settings if the reader has any. */
export const ServiceFooter = ({ why, offersChoices }: ServiceWords) => (
  <>
    {why}
    {offersChoices && (
      <>
        {' '}
        <Link {...untracked} href={placeholders.preferences} style={text.link}>
          Choose what you get
        </Link>
      </>
    )}
  </>
);

export const noticeText = ({ heading, said, found = [], button, after }: ServiceWords): string =>
  paragraphs(
    underlined(heading, '-'),
    ...said.map(wrapped),
    ...found.flatMap((group) => [
      underlined(group.heading, '='),
      ...group.findings.map(({ mark, what, why, remedy }) =>
        wrapText(`${atStart(mark)} · ${what}: ${why}. ${remedy}`, { first: '- ', indent: '  ' }),
      ),
    ]),
    `${button}:\n${placeholders.action}`,
    wrapped(after),
  );

export const serviceFooterText = ({ why, offersChoices }: ServiceWords): string =>
  [`-- \n${wrapped(why)}\n`, ...(offersChoices ? [`Choose what you get: ${placeholders.preferences}\n`] : [])].join('\n');
