import { command, exitCodes, failure } from '../command.ts';
import { tell } from '../tell.ts';
import { objectIn, variableOptions, variablesOf } from './variables.ts';

export const feelEvaluate = command({
  name: 'feel evaluate',
  summary: 'Evaluate a FEEL expression',
  arguments: { expression: { help: 'with or without the leading =; - reads standard input' } },
  options: {
    context: { type: 'text', short: 'c', value: 'json', help: 'The variables it sees, as a JSON object' },
    ...variableOptions,
  },
  examples: [
    { line: "baton feel evaluate 'amount * 1.19' --var amount=100", does: 'With a variable' },
    {
      line: 'baton feel evaluate \'sum(orders.price)\' --context \'{"orders":[{"price":2},{"price":3}]}\'',
      does: 'With a context',
    },
  ],
  exits: { 1: 'the expression cannot be read or evaluated' },
  title: 'Evaluate a FEEL expression…',
  async run({ arguments: { expression: given }, options }, context) {
    const { output } = context;
    const piped = given === '-' ? await context.input.text() : undefined;
    if (piped && !piped.ok) return failure(piped.failure.message);
    const expression = (piped?.value ?? given).trim().replace(/^=/, '');
    const variables = await variablesOf(options, context);
    if (!variables.ok) return variables.failure;
    const sees = options.context === undefined ? undefined : objectIn(options.context, '--context');
    if (sees && !sees.ok) return sees.failure;
    const answer = await context.feel(expression, { ...sees?.value, ...variables.value });
    if (!answer.ok) {
      const { message, offset, exitCode = exitCodes.differs } = answer.failure;
      const line = expression.replace(/\s/g, ' ');
      return {
        exitCode,
        message,
        ...(offset !== undefined && { hints: [`  ${line}`, `  ${' '.repeat(offset)}^`] }),
      };
    }
    const { value, warnings } = answer.value;
    for (const { code, message } of warnings) output.say(output.paint.warn(`${code}: ${message}`));
    await tell(context, {
      value,
      names: [JSON.stringify(value)],
      lines: () => [typeof value === 'string' ? value : JSON.stringify(value, null, 2)],
    });
    return exitCodes.fine;
  },
});
