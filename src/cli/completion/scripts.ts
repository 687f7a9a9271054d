/**
 * What `completion SHELL` prints: a function that asks `NAME __complete` for candidates, one a line with a description behind a tab, and last a
 * line `:DIRECTIVE` (cobra's protocol), and hands them to the shell.
 */
export const SHELLS = ['bash', 'zsh', 'fish'] as const

export type Shell = (typeof SHELLS)[number]

export function completionScript(shell: Shell, name: string): string {
  return SCRIPTS[shell].replaceAll('NAME', name)
}

const BASH = `# bash completion for NAME                                   -*- shell-script -*-

__NAME_complete() {
    local current words out directive candidates line prefix
    COMPREPLY=()
    # bash breaks words at = and :, which are parts of ours
    line="\${COMP_LINE:0:COMP_POINT}"
    read -r -a words <<< "$line"
    current=""
    if [[ "$line" != *" " ]]; then
        current="\${words[\${#words[@]} - 1]}"
        unset "words[\${#words[@]} - 1]"
    fi
    out="$("\${words[0]}" __complete -- "\${words[@]:1}" "$current" 2>/dev/null)" || return
    directive="\${out##*:}"
    out="\${out%:*}"
    prefix=""
    if [[ "$current" == --*=* ]]; then
        prefix="\${current%%=*}="
        current="\${current#*=}"
    fi
    while IFS='' read -r line; do
        line="\${line%%$'\\t'*}"
        if [[ -n "$line" && "$line" == "$current"* ]]; then
            COMPREPLY+=("$line")
        fi
    done <<< "$out"
    if [[ "$current" == *:* && "$COMP_WORDBREAKS" == *:* ]]; then
        COMPREPLY=("\${COMPREPLY[@]#"\${current%"\${current##*:}"}"}")
    fi
    if (( (directive & 2) != 0 )); then
        compopt -o nospace 2>/dev/null
    fi
    if (( (directive & 4) == 0 && \${#COMPREPLY[@]} == 0 )); then
        compopt -o filenames 2>/dev/null
        while IFS='' read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$current")
    fi
}

complete -F __NAME_complete NAME
`

const ZSH = `#compdef NAME
compdef _NAME NAME

# zsh completion for NAME                                    -*- shell-script -*-

_NAME() {
    local out directive line text description
    local -a found
    out="$("\${words[1]}" __complete -- "\${(@Q)words[2,CURRENT]}" 2>/dev/null)" || return 1
    directive="\${out##*:}"
    out="\${out%:*}"
    while IFS='' read -r line; do
        [[ -z "$line" ]] && continue
        text="\${line%%$'\\t'*}"
        description="\${line#*$'\\t'}"
        text="\${text//:/\\\\:}"
        if [[ "$line" == *$'\\t'* ]]; then found+=("$text:$description"); else found+=("$text"); fi
    done <<< "$out"
    if [[ "\${words[CURRENT]}" == --*=* ]]; then compset -P '*='; fi
    if (( \${#found} > 0 )); then
        _describe 'NAME' found
    elif (( (directive & 4) == 0 )); then
        _files
    fi
}

if [ "$funcstack[1]" = "_NAME" ]; then
    _NAME
fi
`

const FISH = `# fish completion for NAME                                   -*- shell-script -*-

function __NAME_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l out ($words[1] __complete -- $words[2..-1] "$current" 2>/dev/null)
    or return 1
    set -l directive (string replace -r '^:' '' -- $out[-1])
    set -l found $out[1..-2]
    if string match -qr '^--[^=]+=' -- $current
        set -l prefix (string replace -r '=.*' '=' -- $current)
        set found $prefix$found
    end
    if test (count $found) -eq 0; and test (math "bitand($directive, 4)") -eq 0
        __fish_complete_path "$current"
        return
    end
    string join -- \\n $found
end

complete -c NAME -e
complete -c NAME -f -a '(__NAME_complete)'
`

const SCRIPTS: Readonly<Record<Shell, string>> = {bash: BASH, zsh: ZSH, fish: FISH}
