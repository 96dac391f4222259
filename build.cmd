:; s=$0; while [ -h "$s" ]; do l=$(readlink "$s"); case $l in /*) s=$l ;; *) s=$(dirname "$s")/$l ;; esac; done
:; exec "$(dirname "$s")/build.sh" "$@"

@echo off
rem A POSIX shell stops above. On Windows the tools of this build run in WSL.
where wsl.exe >nul 2>nul || (echo build.cmd: needs WSL, which is not there; install it with: wsl --install 1>&2 & exit /b 1)
setlocal
set "HERE=%~dp0"
for /f "usebackq delims=" %%p in (`wsl.exe wslpath -a "%HERE:\=/%"`) do set "HERE=%%p"
wsl.exe "%HERE%build.sh" %*
exit /b %ERRORLEVEL%
