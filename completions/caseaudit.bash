# Completion for bash. The program itself knows what may stand where.
_caseaudit()
{
    local current=${COMP_WORDS[COMP_CWORD]} word
    local words=("${COMP_WORDS[@]:1:COMP_CWORD}")
    COMPREPLY=()
    while IFS=$'\t' read -r word _; do
        case $word in
        :files)
            compopt -o filenames 2> /dev/null
            mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "$current")
            ;;
        :folders)
            compopt -o filenames 2> /dev/null
            mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -d -- "$current")
            ;;
        ?*) COMPREPLY+=("$word") ;;
        esac
    done < <("${COMP_WORDS[0]}" --complete "${words[@]}" 2> /dev/null)
}
complete -F _caseaudit caseaudit
