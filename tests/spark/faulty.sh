#!/bin/sh
# faulty.sh <kill|hang> <step> <flag> <command...>: runs the command, but the first time that it does the step, kills it in its work,
# or takes nothing and says nothing. The flag is a folder that is made then.
fault=$1 step=$2 flag=$3
shift 3
case "$*" in
*"worker $step"*)
  if mkdir "$flag" 2>/dev/null; then
    if [ "$fault" = hang ]; then exec sleep 1000; fi
    "$@" <&0 &
    victim=$!
    sleep 0.4
    kill -9 $victim
    kill -9 $$
  fi
  ;;
esac
exec "$@"
