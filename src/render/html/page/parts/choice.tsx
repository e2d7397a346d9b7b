import type { JSX } from 'preact';

interface Choices<Value extends string> {
  readonly label: string;
  readonly options: readonly { readonly value: Value; readonly title: string }[];
  readonly chosen: Value;
  readonly choose: (value: Value) => void;
}

/** One of a few, as a row of buttons. */
export function Choice<Value extends string>({
  label,
  options,
  chosen,
  choose,
}: Choices<Value>): JSX.Element {
  return (
    <fieldset class="choice">
      <legend class="visually-hidden">{label}</legend>
      <span class="choice-label" aria-hidden="true">
        {label}
      </span>
      {options.map(({ value, title }) => (
        <button
          key={value}
          type="button"
          class="button"
          aria-pressed={value === chosen}
          onClick={() => choose(value)}
        >
          {title}
        </button>
      ))}
    </fieldset>
  );
}
