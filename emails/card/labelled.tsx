import { Fragment } from 'react';
import type { Labelled } from '../../core/edition/card-content.ts';
import { text } from '../theme.ts';

/** What happened, why, what we learnt: a small label over each text. */
export const LabelledTexts = ({ parts }: { parts: readonly Labelled[] }) =>
  parts.map(({ label, text: said }) => (
    <Fragment key={label}>
      <h3 className="m" style={text.label}>
        {label}
      </h3>
      <p dir="auto" className="t" style={text.body}>
        {said}
      </p>
    </Fragment>
  ));
