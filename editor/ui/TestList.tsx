import './TestList.css';
import type { TestResult } from '../platform/testResults.ts';
import { Icon } from './Icon.tsx';
import { IconButton } from './IconButton.tsx';

export interface ListedTest {
  name: string;
  /** In a few words. */
  expectation: string;
}

export interface TestListProps<Test extends ListedTest> {
  label: string;
  tests: readonly Test[];
  /** Of those that ran, by name. */
  results: readonly TestResult[];
  /** What choosing one does. */
  choice: string;
  onChoose(test: Test): void;
  onRemove?: ((test: Test) => void) | undefined;
}

/** Tests beside what they are of, each with how it went. */
export function TestList<Test extends ListedTest>(props: TestListProps<Test>) {
  const { label, tests, results, choice, onChoose, onRemove } = props;
  return (
    <ul className="testlist" aria-label={label}>
      {tests.map((test) => {
        const result = results.find(({ name }) => name === test.name);
        return (
          <li key={test.name} className={result ? (result.passed ? 'is-passed' : 'is-failed') : undefined}>
            <Icon
              name={result ? (result.passed ? 'codicon:pass' : 'codicon:error') : 'codicon:beaker'}
              size={14}
            />
            <button type="button" className="rowbutton" title={choice} onClick={() => onChoose(test)}>
              <span className="ellipsis">{test.name}</span>
              <span className={result?.message ? 'sm' : 'dim sm ellipsis'}>
                {result?.message ?? test.expectation}
              </span>
            </button>
            {result?.duration !== undefined && (
              <span className="dim sm">{Math.round(result.duration)} ms</span>
            )}
            {onRemove && (
              <IconButton
                small
                icon="codicon:trash"
                label={`Remove the test ${test.name}`}
                onClick={() => onRemove(test)}
              />
            )}
          </li>
        );
      })}
    </ul>
  );
}
