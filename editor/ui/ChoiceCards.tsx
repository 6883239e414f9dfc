import './ChoiceCards.css';
import { useId } from 'react';

export interface ChoiceCardsProps<T extends string> {
  label: string;
  value: T;
  options: readonly { value: NoInfer<T>; title: string; description: string }[];
  disabled?: boolean;
  onChange(value: NoInfer<T>): void;
}

/** One of a few decisions, each with what follows from it; arrows choose. */
export function ChoiceCards<T extends string>({
  label,
  value,
  options,
  disabled,
  onChange,
}: ChoiceCardsProps<T>) {
  const name = useId();
  return (
    <fieldset className="choicecards">
      <legend>{label}</legend>
      {options.map((option) => (
        <label key={option.value} className="choicecard">
          <input
            type="radio"
            name={name}
            checked={option.value === value}
            disabled={disabled}
            onChange={() => onChange(option.value)}
          />
          <span className="radio" aria-hidden="true" />
          <span>
            <span className="strong">{option.title}</span>
            <span className="sm">{option.description}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
