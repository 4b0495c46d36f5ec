# Completion for fish. The program itself knows what may stand where.
function __caseaudit_complete
    set -l words (commandline -opc) (commandline -ct)
    for line in (caseaudit --complete $words[2..-1] 2> /dev/null)
        switch $line
            case :files
                __fish_complete_path (commandline -ct)
            case :folders
                __fish_complete_directories (commandline -ct)
            case '*'
                echo $line
        end
    end
end
complete -c caseaudit -f -a '(__caseaudit_complete)'
