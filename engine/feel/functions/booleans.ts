import { Failure } from '../values/failure.ts';
import { builtin, type Functions, isText } from './builtin.ts';

export const booleans: Functions = {
  not: [builtin(['negand'], ([negand]) => (typeof negand === 'boolean' ? !negand : null))],
  'is defined': [builtin(['value'], ([value]) => value !== null)],
  'get or else': [builtin(['value', 'default'], ([value, other]) => value ?? other!)],
  assert: [
    builtin(['value', 'condition'], ([value, condition]) =>
      condition === true ? value! : new Failure('The condition is not fulfilled'),
    ),
    builtin(['value', 'condition', 'cause'], ([value, condition, cause]) => {
      if (condition === true) return value!;
      return isText(cause) ? new Failure(cause) : undefined;
    }),
  ],
};
