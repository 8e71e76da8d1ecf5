"""The scripts by which a shell completes hubscope's words. Each asks ``hubscope __complete``."""

SCRIPTS = {
    "bash": """\
# hubscope completion for bash; in ~/.bashrc:  eval "$(hubscope completion bash)"
_hubscope() {
    local found
    found=$("$1" __complete bash "${COMP_LINE:0:COMP_POINT}" 2>/dev/null)
    local code=$? IFS=$'\\n'
    COMPREPLY=($found)
    if [ $code -eq 3 ]; then
        compopt -o default 2>/dev/null
    elif [ ${#COMPREPLY[@]} -gt 0 ] && [[ ${COMPREPLY[0]} == *[:/] ]]; then
        compopt -o nospace 2>/dev/null
    fi
}
complete -F _hubscope hubscope
""",
    "zsh": """\
#compdef hubscope
# hubscope completion for zsh; in ~/.zshrc behind compinit:  eval "$(hubscope completion zsh)"
_hubscope() {
    local found code
    local -a words_before open whole
    words_before=("${(@Q)words[2,CURRENT-1]}")
    found=$("${words[1]}" __complete "${words_before[@]}" "${(Q)PREFIX}" 2>/dev/null)
    code=$?
    if (( code == 3 )); then
        _files
        return
    fi
    open=(${(M)${(f)found}:#*[:/]})
    whole=(${${(f)found}:#*[:/]})
    (( $#open )) && compadd -U -S '' -- $open
    (( $#whole )) && compadd -U -- $whole
}
compdef _hubscope hubscope
""",
    "fish": """\
# hubscope completion for fish; in ~/.config/fish/completions/hubscope.fish
function __hubscope_complete
    set -l before (commandline -opc)
    set -l last (commandline -ct)
    hubscope __complete $before[2..-1] "$last" 2>/dev/null
    if test $status -eq 3
        __fish_complete_path "$last"
    end
end
complete -c hubscope -f -a '(__hubscope_complete)'
""",
}
