import { command, exitCodes } from '../command.ts';

/** Ask the program itself for what may stand where one types: a candidate a line, with a tab before what it is. */
const scripts = {
  // Readline hands words over as they stand in the line: between quotes, or with a backslash before what would end them.
  bash: `_baton() {
  local candidate word quote=''
  local -a words=()
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD}"; do
    quote=''
    case "$word" in
      [\\"\\']*) quote=\${word:0:1} word=\${word:1} word=\${word%"$quote"} ;;
      *) word=\${word//\\\\/} ;;
    esac
    words+=("$word")
  done
  COMPREPLY=()
  while IFS= read -r candidate; do
    candidate=\${candidate%%$'\\t'*}
    if [[ $quote ]]; then COMPREPLY+=("$candidate"); else COMPREPLY+=("$(printf '%q' "$candidate")"); fi
  done < <(baton __complete "\${words[@]}" 2>/dev/null)
  if [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == */ ]]; then compopt -o nospace; fi
}
complete -F _baton baton`,
  zsh: `#compdef baton
_baton() {
  local -a candidates
  local line
  while IFS= read -r line; do
    candidates+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
  done < <(baton __complete "\${(@Q)words[2,CURRENT-1]}" "\${(Q)PREFIX}" 2>/dev/null)
  _describe 'baton' candidates
}
compdef _baton baton`,
  fish: `function __baton_complete
  set -l typed (commandline -ct)
  set -l current (string unescape -- $typed)
  or set current (string replace -r '^["\\']' '' -- $typed)
  set -l words (commandline -opc) $current
  baton __complete $words[2..-1] 2>/dev/null
end
complete -c baton -f -a '(__baton_complete)'`,
} as const;

export const completion = command({
  name: 'completion',
  summary: 'Write the script with which a shell completes commands, options and names of documents',
  arguments: { shell: { help: 'bash, zsh or fish', completes: ['bash', 'zsh', 'fish'] } },
  options: {},
  examples: [
    { line: 'source <(baton completion bash)', does: 'In ~/.bashrc' },
    { line: 'baton completion fish > ~/.config/fish/completions/baton.fish', does: 'For fish' },
  ],
  async run({ arguments: { shell } }, { output }) {
    if (!Object.hasOwn(scripts, shell))
      return { exitCode: exitCodes.usage, message: `Expected one of bash, zsh, fish, but it is '${shell}'` };
    output.data(scripts[shell as keyof typeof scripts]);
    return exitCodes.fine;
  },
});
