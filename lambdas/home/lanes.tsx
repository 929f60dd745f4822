/** @jsxImportSource hono/jsx */
import type { DeadLettersAnswer, HeldLane } from '../../core/operator/api.ts';
import { lanes } from '../../core/stream/stream.ts';
import type { Visit } from './guard.ts';
import { Of, Press, When } from './parts.tsx';
import { isRestored, laneWords, stoppedWords } from './words.ts';

type Letter = DeadLettersAnswer['queues'][number]['first'][number];

/** What a message that could not be handled was about. */
export const letterLine = ({ what }: Letter): string => `${what.charAt(0).toUpperCase()}${what.slice(1)}.`;

interface Lanes {
  readonly held: readonly HeldLane[];
  readonly deadLetters: DeadLettersAnswer;
  readonly visit: Visit;
}

/** Each lane with what holds it back, its dead letters and its brake. */
export const LaneTable = ({ held, deadLetters: { queues }, visit }: Lanes) => (
  <table class="list">
    <caption class="unseen">Lanes</caption>
    <thead>
      <tr>
        <th scope="col">Lane</th>
        <th scope="col">State</th>
        <th scope="col">Dead letters</th>
        <th scope="col">Brake</th>
      </tr>
    </thead>
    <tbody>
      {lanes.map((lane) => {
        const state = held.find((one) => one.lane === lane);
        const { name, carries } = laneWords[lane];
        return (
          <tr>
            <th scope="row">
              {name}
              <small class="m block">{carries}</small>
            </th>
            <td>
              <LaneState state={state} visit={visit} />
            </td>
            <td data-label="Dead letters">{queues.find(({ queue }) => queue === lane)?.letters ?? 0}</td>
            <td class="end">
              <div class="acts">
                {state && !isRestored(state) && (
                  <Press action={`/home/lanes/${lane}/resume`} signed={visit.signed} of={name}>
                    {state.paused ? 'Resume' : 'Try now'}
                  </Press>
                )}
                {!state?.paused && (
                  <a class="button soft danger" href={`/home/lanes/${lane}/pause`}>
                    Pause
                    <Of what={name} />
                  </a>
                )}
              </div>
            </td>
          </tr>
        );
      })}
    </tbody>
  </table>
);

const LaneState = ({ state, visit }: { readonly state: HeldLane | undefined; readonly visit: Visit }) => {
  if (state?.paused) {
    return (
      <>
        <span class="pill sev2">Paused</span>
        <small class="m block">
          {isRestored(state) ? 'The table was restored: afterword settle --help. Since ' : 'Since '}
          <When at={state.paused.at} visit={visit} />
        </small>
      </>
    );
  }
  if (state?.stopped) {
    return (
      <>
        <span class="pill sev1">Stopped</span>
        <small class="m block">
          {stoppedWords(state.stopped.code)} Since <When at={state.stopped.since} visit={visit} />, next try{' '}
          <When at={new Date(state.stopped.probeAt).toISOString()} visit={visit} />
        </small>
      </>
    );
  }
  return <span class="pill ok">Open</span>;
};
