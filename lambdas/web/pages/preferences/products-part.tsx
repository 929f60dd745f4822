/** @jsxImportSource hono/jsx */
import type { ProductChoice } from '../../../../core/preferences/product-choices.ts';
import type { Topic } from '../../../../core/subscriber/topic.ts';

interface ProductsProps {
  /** The name of the boxes in their form. */
  readonly name: string;
  readonly choices: readonly ProductChoice[];
  readonly chosen: readonly Topic[];
}

/** Which products a reader hears about. */
export const ProductsPart = ({ name, choices, chosen }: ProductsProps) => (
  <fieldset class="plain">
    <legend>
      Products <small class="m">choose none to hear about all of them</small>
    </legend>
    <div class="chips">
      {choices.map((choice) => (
        <label class="chip">
          <input type="checkbox" name={name} value={choice.topic} checked={chosen.includes(choice.topic)} /> {choice.name}
        </label>
      ))}
    </div>
  </fieldset>
);
