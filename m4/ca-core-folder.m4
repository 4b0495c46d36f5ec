# CA_CORE_FOLDER
# --------------
# Call it right after AC_INIT.
#
# Every script that autoconf writes runs `rm -f core conftest.err ...` after each
# test, to clear away a core dump a test may have left. This project has a folder of
# that name, in the source and, once config.status has run, in the build folder too.
# rm refuses to remove a folder: it complains on each test, and the clean-up at the
# end of configure, which goes on only if that rm succeeded, leaves confdefs.h behind
# and so makes distcheck fail.
#
# So configure gets an rm of its own, which leaves out the word "core" while that is
# a folder and otherwise does what rm does.
AC_DEFUN([CA_CORE_FOLDER],
[AC_BEFORE([$0], [AC_PROG_CC])dnl
rm ()
{
  if test -d core; then
    ca_rm_count=$[#]
    while test "$ca_rm_count" -gt 0; do
      ca_rm_word=$[1]
      shift
      test "x$ca_rm_word" = xcore || set x "$[@]" "$ca_rm_word"
      test "x$ca_rm_word" = xcore || shift
      ca_rm_count=`expr "$ca_rm_count" - 1`
    done
  fi
  command rm "$[@]"
}
])
