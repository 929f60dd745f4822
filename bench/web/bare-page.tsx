/** @jsxImportSource hono/jsx */
import { page } from '../../lambdas/shared/pages/shell.tsx';

const choices = Array.from({ length: 60 }, (_, n) => `choice ${n}`);

/**
 * A page of about the size of ours, by the same library, which reads and checks nothing: what is
 * left of `web` without its work.
 */
export const handler = async () =>
  page({
    title: 'What you get',
    whose: { organisation: { name: 'Northwind' } },
    children: (
      <form method="post">
        {choices.map((choice) => (
          <section key={choice} class="panel">
            <h2>{choice}</h2>
            <p>What it is, when it comes and why you get it.</p>
            <label>
              <input type="checkbox" name={choice} value="on" />
              {choice}
            </label>
          </section>
        ))}
        <button type="submit">Save</button>
      </form>
    ),
  });
