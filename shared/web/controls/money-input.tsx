import { useWords } from '../words.ts';
import type { ControlProps } from './form-group.tsx';
import { TextInput } from './text-input.tsx';

/** An amount in yuan, typed as text: a number field would swallow what it does not understand. Parsing is the server's. */
export function MoneyInput(props: ControlProps & { value?: string | undefined }) {
  const { common } = useWords();
  return (
    <TextInput
      {...props}
      width={10}
      inputmode="decimal"
      autocomplete="off"
      spellcheck={false}
      prefix="¥"
      suffix={common.yuan}
    />
  );
}
