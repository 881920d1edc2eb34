#!/usr/bin/env bash
# Puts a release live on this host without dropping a request, and goes back by itself when the release turns out bad.
#
# The new container ("colour", blue or green) starts beside the old one on a loopback port. Once it is ready, one entry of
# the proxy's map is set, so that every next request goes to it while those under way end where they began. The old one
# stays until the new one has proved itself, then stops. What is live is told by the proxy; everything that a reboot must
# not forget is in $state. Each step is written down before it is taken, so that the next run can finish or undo what a
# killed one left. Needs bash, Docker, haproxy, coreutils and flock.
set -uo pipefail

usage() {
    cat <<'TEXT'
usage: deploy.sh deploy IMAGE@sha256:DIGEST [--login USER] [--by WHO] [--run URL] [--dry-run]
       deploy.sh rollback [N] [--by WHO] [--run URL] [--dry-run]
       deploy.sh status | history | logs [DOCKER-LOGS-OPTIONS]

deploy     start IMAGE beside the live release, switch when it is ready, watch it, keep it or go back
           --login USER   log in to IMAGE's registry; the token is read from standard input and not kept
           --by, --run    who deploys and where that is recorded, for the audit log
           --dry-run      check the host and print what would be done; change nothing
rollback   do the same with the release before the live one, or N before it; needs no registry
status     what is live, what else runs, whether a deployment is under way
history    deployments so far, newest last; the whole record is /var/lib/bookrec/audit.jsonl
logs       the live container's log, for example: logs --tail 50 --follow

exit codes: 0 done  1 refused, the old release serves  3 rolled back after the switch  64 wrong usage
            69 something on the host is missing  75 another deployment is under way
settings:   KEY=VALUE lines in /etc/bookrec/deploy.conf; the app's environment is /etc/bookrec/app.env (mode 600)
TEXT
}

configuration=/etc/bookrec
state=/var/lib/bookrec
proxy_api_port=7859
public_port=7860
declare -A port=([blue]=7861 [green]=7862)
declare -A other=([blue]=green [green]=blue)

# What /etc/bookrec/deploy.conf may set.
declare -A setting=(
    [READY_SECONDS]=180      # how long a new release may take to become ready; it may have to train
    [DRAIN_SECONDS]=60       # how long requests under way may take to end
    [WATCH_SECONDS]=30       # how long a new release is watched before the old one goes
    [MAX_ERRORS]=2           # 5xx answers that are forgiven while watching ...
    [MAX_ERROR_PERCENT]=1    # ... and the share of all answers that is
    [MAX_MEMORY_PERCENT]=90  # of MEMORY_MB, for three seconds
    [MEMORY_MB]=384          # a container's limit; two of them and the proxy must fit
    [PROCESSES]=256          # a container's limit of processes and threads
    [KEEP_RELEASES]=5        # how many releases stay on the disk to go back to
    [MIN_DISK_MB]=1000       # free before a release is pulled
    [MIN_MEMORY_MB]=150      # available before a second container starts
    [LOCK_SECONDS]=30        # how long to wait for another deployment to end
)

say() { printf '%s\n' "$*" 2>/dev/null || true; }       # a reader who went away must not stop a deployment
complain() { printf 'error: %s\n' "$*" >&2 2>/dev/null || true; }
die() { local code=$1; shift; complain "$*"; exit "$code"; }
milliseconds() { local now=${EPOCHREALTIME/[.,]/}; printf '%s' $((now / 1000)); }
timestamp() { date --utc +%Y-%m-%dT%H:%M:%SZ; }

# Replaces a file whole and durably: write_file PATH TEXT
write_file() {
    printf '%s\n' "$2" >"$1.new" && chmod 644 "$1.new" && sync "$1.new" && mv --force "$1.new" "$1" && sync "${1%/*}"
}

read_settings() {
    local file=$configuration/deploy.conf line number=0
    [[ -e $file ]] || return 0
    while IFS= read -r line || [[ $line ]]; do
        number=$((number + 1))
        [[ $line =~ ^[[:space:]]*(#.*)?$ ]] && continue
        [[ $line =~ ^([A-Z_]+)=([0-9]+)[[:space:]]*$ && -v setting[${BASH_REMATCH[1]}] ]] ||
            die 69 "$file:$number: '$line' is no setting. Write KEY=NUMBER, with one of: ${!setting[*]}"
        setting[${BASH_REMATCH[1]}]=$((10#${BASH_REMATCH[2]}))
    done <"$file"
}

# --- the proxy -----------------------------------------------------------------------------------------------------

# Sends one command to the proxy's runtime API and prints the answer.
ask_proxy() {
    # shellcheck disable=SC2016 # for the inner shell
    timeout 5 bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$0" && printf "%s\n" "$1" >&3 && cat <&3' \
        "$proxy_api_port" "$*" 2>/dev/null
}

# The colour that gets the requests.
live_colour() {
    local id key value
    while read -r id key value; do
        [[ $id && $key == live && $value == app-* ]] && { printf '%s' "${value#app-}"; return 0; }
    done < <(ask_proxy "show map $state/live.map")
    return 1
}

# One figure of the proxy's statistics: proxy_figure BACKEND SERVER COLUMN
proxy_figure() {
    local fields column=0
    while IFS=, read -r -a fields; do
        if [[ ${fields[0]:-} == "# pxname" ]]; then
            while [[ $column -lt ${#fields[@]} && ${fields[column]} != "$3" ]]; do column=$((column + 1)); done
        elif [[ ${fields[0]:-} == "$1" && ${fields[1]:-} == "$2" ]]; then
            printf '%s' "${fields[column]:-}"
            return 0
        fi
    done < <(ask_proxy "show stat")
    return 1
}

# Sends every next request to a colour, and remembers it for the proxy's next start.
switch_to() {
    ask_proxy "set map $state/live.map live app-$1" >/dev/null
    [[ $(live_colour) == "$1" ]] || return 1
    write_file "$state/live.map" "live app-$1"
}

# Waits until no request is under way in a colour: drain COLOUR
drain() {
    local end=$((SECONDS + setting[DRAIN_SECONDS])) left
    while left=$(proxy_figure "app-$1" BACKEND scur) && [[ $left != 0 ]]; do
        [[ $SECONDS -lt $end ]] || { say "  $left requests are still under way in $1 after ${setting[DRAIN_SECONDS]} s"; return 1; }
        sleep 0.1
    done
}

# --- containers ----------------------------------------------------------------------------------------------------

# A GET on loopback, answer on standard output: http_get PORT PATH
http_get() {
    # shellcheck disable=SC2016 # for the inner shell
    timeout 5 bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$0" &&
        printf "GET %s HTTP/1.1\r\nHost: localhost\r\nUser-Agent: deploy.sh\r\nConnection: close\r\n\r\n" "$1" >&3 &&
        cat <&3' "$1" "$2" 2>/dev/null
}
is_ready() { [[ $(http_get "$1" /health/ready) == "HTTP/1.1 200"* ]]; }
commit_served() { [[ $(http_get "$1" /version) =~ \"commit\":\"([^\"]*)\" ]] && printf '%s' "${BASH_REMATCH[1]}"; }

# One field of a container: of COLOUR TEMPLATE; empty when there is no such container.
of() { docker container inspect --format "$2" "bookrec-$1" 2>/dev/null; }
is_running() { [[ $(of "$1" '{{.State.Running}}') == true ]]; }
image_of() { of "$1" '{{.Config.Image}}'; }
commit_of_image() {
    docker image inspect --format '{{index .Config.Labels "org.opencontainers.image.revision"}}' "$1" 2>/dev/null
}
remove() { docker container rm --force "bookrec-$1" >/dev/null 2>&1; }
stop_and_remove() { docker container stop "bookrec-$1" >/dev/null 2>&1; remove "$1"; }

# What a container was started with besides its image, so that a change of it is a reason to start anew.
configuration_digest() {
    { cat "$configuration/app.env"; printf '%s' "${setting[MEMORY_MB]} ${setting[PROCESSES]}"; } | sha256sum | cut -c 1-16
}

# The arguments of `docker run` as the array run_arguments: plan_container COLOUR IMAGE
plan_container() {
    run_arguments=(
        --detach --name "bookrec-$1" --pull never
        --restart no # until it is ready: one that dies while starting must stay as it died, to be looked at
        --publish "127.0.0.1:${port[$1]}:7860" # Docker's own rules let other addresses past the firewall
        --mount "type=volume,src=bookrec-data,dst=/data" --env-file "$configuration/app.env"
        --read-only --tmpfs "/tmp:rw,noexec,nosuid,nodev,size=16m" --cap-drop ALL --security-opt no-new-privileges
        --memory "${setting[MEMORY_MB]}m" --memory-swap "${setting[MEMORY_MB]}m" --pids-limit "${setting[PROCESSES]}"
        --stop-timeout 30 --label "bookrec.configuration=$(configuration_digest)" "$2"
    )
}

describe_end() {
    say "  exit code $(of "$1" '{{.State.ExitCode}}'), killed for memory: $(of "$1" '{{.State.OOMKilled}}')," \
        "restarts: $(of "$1" '{{.RestartCount}}'); its last lines:"
    docker container logs --tail 20 "bookrec-$1" 2>&1 | while IFS= read -r line; do say "  | $line"; done
}

# --- records -------------------------------------------------------------------------------------------------------

json() {
    local text=$1
    text=${text//\\/\\\\}
    text=${text//\"/\\\"}
    text=${text//[[:cntrl:]]/ }
    printf '"%s"' "$text"
}

# Appends this deployment to the audit log: record RESULT REASON
record() {
    local durations="" step
    for step in "${steps_taken[@]}"; do durations+=",\"$step\":${took[$step]}"; done
    printf '{"time":"%s","action":%s,"result":%s,"reason":%s,"by":%s,"run":%s,"commit":%s,"image":%s,"digest":%s,"from":%s,"colour":%s,"milliseconds":{"total":%s%s}}\n' \
        "$(timestamp)" "$(json "$action")" "$(json "$1")" "$(json "$2")" "$(json "$by")" "$(json "$run")" \
        "$(json "$commit")" "$(json "$image")" "$(json "${image##*@}")" "$(json "$from")" "$(json "$new")" \
        $(($(milliseconds) - began)) "$durations" >>"$state/audit.jsonl"
    sync "$state/audit.jsonl"
}

# The same for a deployment that was killed: record_cut_off IMAGE STEP
record_cut_off() {
    local action image=$1 new commit from="" began
    action=$(underway action) new=$(underway colour) commit=$(commit_of_image "$1") began=$(milliseconds)
    record "cut off" "at step $2; $(image_of "$live") serves"
}

# Begins a step: writes it down and says it. step NAME WHAT
step() {
    heed_signals
    finish_step
    current_step=$1 step_began=$(milliseconds)
    write_file "$state/underway" "image=$image
colour=$new
step=$1
action=$action
since=$(timestamp)
pid=$$"
    say "$1: $2"
}
finish_step() {
    [[ $current_step ]] || return 0
    took[$current_step]=$(($(milliseconds) - step_began))
    steps_taken+=("$current_step")
    current_step=
}
underway() { # one field of the deployment under way, or of the one that was killed
    local key value
    while IFS='=' read -r key value; do [[ $key == "$1" ]] && printf '%s' "$value"; done 2>/dev/null <"$state/underway"
}

# The line of kept releases, oldest first, the live one last.
releases() {
    local line
    release=()
    [[ -e $state/releases ]] && while IFS= read -r line; do [[ $line ]] && release+=("$line"); done <"$state/releases"
    return 0
}
write_releases() { write_file "$state/releases" "$(printf '%s\n' "${release[@]}")"; }

# Removes the images that this script pulled and that nothing may go back to.
prune_images() {
    local pulled kept=" " one
    releases
    for one in "${release[@]}" "$(image_of blue)" "$(image_of green)"; do kept+="$one "; done
    [[ -e $state/pulled ]] && mapfile -t pulled <"$state/pulled" || pulled=()
    local still=()
    for one in "${pulled[@]}"; do
        if [[ $kept == *" $one "* ]]; then still+=("$one"); else docker image rm "$one" >/dev/null 2>&1; fi
    done
    write_file "$state/pulled" "$(printf '%s\n' "${still[@]}")"
}

# --- a deployment --------------------------------------------------------------------------------------------------

engine_root="" action="" image="" by="" run="" login="" dry_run="" back=1
live="" new="" from="" commit="" began=0 current_step="" step_began=0
meter=""
position=outside # outside, beside (the new one runs beside the live one), switched, closed
reason=""
steps_taken=()
declare -A took=()
release=()

heed_signals() { [[ ! -e $state/stop ]] || fail "stopped by a signal"; }

# Ends a deployment that cannot go on; what then happens depends on how far it came, see `leave`.
fail() { reason=$1; exit 1; }

# Whatever ends the script comes here: an error, a signal, a failed command. The host is left serving.
leave() {
    local code=$?
    forget_login
    stop_meter
    case $position in
    outside) [[ ! $reason ]] || complain "$reason." ;;
    beside)
        finish_step
        complain "${reason:-interrupted}. ${live^} serves on; $new was not switched to."
        [[ $(of "$new" '{{.State.Status}}') ]] && describe_end "$new" >&2
        remove "$new"
        record refused "${reason:-interrupted}"
        rm --force "$state/underway"
        prune_images
        code=1
        ;;
    switched)
        finish_step
        complain "${reason:-interrupted}."
        describe_end "$new" >&2
        code=3
        if ! is_running "$live"; then
            complain "There is no earlier release to go back to: $new is left as it is."
            record "failed" "${reason:-interrupted}; nothing to go back to"
        elif switch_to "$live"; then
            say "went back: $live serves again ($(image_of "$live"))"
            drain "$new"
            stop_and_remove "$new"
            record "rolled back" "${reason:-interrupted}"
        else
            complain "The proxy does not switch back. Look at: systemctl status haproxy"
            record "failed" "${reason:-interrupted}; the proxy did not switch back"
        fi
        rm --force "$state/underway"
        prune_images
        ;;
    esac
    exit "$code"
}

# What every command needs: the engine, the proxy, the state.
check_host() {
    local command
    for command in docker flock sync timeout stat; do
        type -P "$command" >/dev/null || die 69 "$command is not installed. Install it with apt-get."
    done
    engine_root=$(docker info --format '{{.DockerRootDir}}' 2>/dev/null)
    [[ $engine_root ]] ||
        die 69 "the Docker engine does not answer. Is it running (systemctl status docker), and is $(id -un) in the group docker?"
    [[ -w $state ]] || die 69 "$state is missing or not writable. Make it: sudo install -d -o $(id -un) $state"
    live=$(live_colour) ||
        die 69 "haproxy does not tell what is live on 127.0.0.1:$proxy_api_port. See: systemctl status haproxy; $state/live.map must exist."
    new=${other[$live]}
}

# What a second container needs: its settings, room on the disk and in memory.
check_room() {
    local free mode key
    mode=$(stat --format %a "$configuration/app.env" 2>/dev/null) ||
        die 69 "$configuration/app.env is missing. Make it: sudo install -m 600 -o $(id -un) /dev/null $configuration/app.env"
    [[ $mode == 600 && -r $configuration/app.env ]] ||
        die 69 "$configuration/app.env must be readable by $(id -un) alone, but its mode is $mode: sudo chown $(id -un) it and chmod 600 it."
    free=$(df --output=avail --block-size=1M "$engine_root" | tail --lines=1)
    [[ $free -ge ${setting[MIN_DISK_MB]} ]] ||
        die 69 "only $((free)) MB are free for images, ${setting[MIN_DISK_MB]} are needed. See: docker system df; or set MIN_DISK_MB or a smaller KEEP_RELEASES."
    while read -r key free _; do [[ $key == MemAvailable: ]] && break; done </proc/meminfo
    [[ $((free / 1024)) -ge ${setting[MIN_MEMORY_MB]} ]] ||
        die 69 "only $((free / 1024)) MB of memory are available, a second container needs ${setting[MIN_MEMORY_MB]}. See: docker stats; free -m."
}

take_lock() {
    exec 9>"$state/lock" || die 69 "$state/lock cannot be written."
    # A killed deployment's last child may hold the lock for a moment longer.
    flock --wait "${setting[LOCK_SECONDS]}" 9 ||
        die 75 "another deployment is under way since $(underway since): step $(underway step) of $(underway image). Try again when it has ended."
}

# Finishes or undoes what a killed deployment left, and what a restart of engine or proxy lost.
repair() {
    rm --recursive --force /dev/shm/bookrec-login.*
    live=$(live_colour)
    local was_image was_step
    if [[ -e $state/underway ]]; then
        was_image=$(underway image) was_step=$(underway step)
        say "repair: an earlier deployment of $was_image was cut off at step $was_step"
        if [[ $(underway colour) == "$live" && $was_image == "$(image_of "$live")" ]]; then
            if is_ready "${port[$live]}" || ! is_ready "${port[${other[$live]}]}"; then
                say "  it had been switched to and is kept"
                remember_release "$was_image" "$(underway action)"
            else
                say "  it had been switched to and is not ready: back to ${other[$live]}"
                switch_to "${other[$live]}" || fail "the proxy does not switch"
                live=${other[$live]}
            fi
        fi
    fi
    if ! is_running "$live"; then
        docker container start "bookrec-$live" >/dev/null 2>&1
        if ! is_running "$live" && is_ready "${port[${other[$live]}]}"; then
            say "repair: $live is gone, ${other[$live]} is ready: switched"
            switch_to "${other[$live]}" || fail "the proxy does not switch"
            live=${other[$live]}
        fi
    fi
    write_file "$state/live.map" "live app-$live"
    new=${other[$live]}
    if [[ $(of "$new" '{{.State.Status}}') ]]; then
        drain "$new"
        stop_and_remove "$new"
    fi
    if [[ -e $state/underway ]]; then
        record_cut_off "$was_image" "$was_step"
        rm --force "$state/underway"
    fi
}

# Adds a kept release to the line of releases, or cuts the line back to it: remember_release IMAGE ACTION
remember_release() {
    releases
    if [[ $2 == rollback ]]; then
        while [[ ${#release[@]} -gt 0 && ${release[-1]} != "$1" ]]; do unset 'release[-1]'; done
    fi
    [[ ${#release[@]} -gt 0 && ${release[-1]} == "$1" ]] || release+=("$1")
    release=("${release[@]: -$((${#release[@]} < setting[KEEP_RELEASES] ? ${#release[@]} : setting[KEEP_RELEASES]))}")
    write_releases
}

log_in() {
    [[ $login ]] || return 0
    local answer
    DOCKER_CONFIG=$(mktemp --directory /dev/shm/bookrec-login.XXXXXXXX) || fail "no folder for the login can be made"
    export DOCKER_CONFIG
    answer=$(docker login --username "$login" --password-stdin "${image%%/*}" 2>&1) ||
        fail "login to ${image%%/*} as $login failed: ${answer##*$'\n'}"
}
forget_login() {
    [[ $login && ${DOCKER_CONFIG:-} == /dev/shm/* ]] || return 0
    docker logout "${image%%/*}" >/dev/null 2>&1
    rm --recursive --force "$DOCKER_CONFIG"
    unset DOCKER_CONFIG
}

pull() {
    docker image inspect "$image" >/dev/null 2>&1 && return 0
    local answer
    log_in
    printf '%s\n' "$image" >>"$state/pulled"
    answer=$(docker pull --quiet "$image" 2>&1) || fail "pull failed: ${answer##*$'\n'}"
    forget_login
}

wait_until_ready() {
    local end=$((SECONDS + setting[READY_SECONDS]))
    until is_ready "${port[$new]}"; do
        heed_signals
        is_running "$new" || fail "the new release ended while starting"
        [[ $SECONDS -lt $end ]] || fail "the new release was not ready within ${setting[READY_SECONDS]} s"
        sleep 0.2
    done
    local served
    served=$(commit_served "${port[$new]}")
    [[ $served == "$commit" ]] || fail "the new release says that it is commit '$served', its image says '$commit'"
    # The proxy looks for itself, so that it does not send the first requests elsewhere.
    end=$((SECONDS + 15))
    until [[ $(proxy_figure "app-$new" "$new" status) == UP ]]; do
        [[ $SECONDS -lt $end ]] || fail "the proxy does not see the new release as ready"
        sleep 0.2
    done
    docker container update --restart unless-stopped "bookrec-$new" >/dev/null || fail "the restart policy cannot be set"
}

answers() { proxy_figure "app-$new" "$new" hrsp_"$1"; }

# Watches the new release under the readers' own requests; returns when it has proved itself.
watch_release() {
    local end=$((SECONDS + setting[WATCH_SECONDS])) errors_before=$1 total_before=$2 unready=0 fat_since="" errors total percent
    # One look at the memory takes the engine two seconds, so it looks beside us.
    env --default-signal timeout $((setting[WATCH_SECONDS] + 60)) docker stats --format '{{.MemPerc}}' "bookrec-$new" \
        >"$state/memory" 2>/dev/null &
    meter=$!
    while [[ $SECONDS -lt $end ]]; do
        heed_signals
        is_running "$new" || fail "the new release ended after the switch"
        [[ $(of "$new" '{{.RestartCount}} {{.State.OOMKilled}}') == "0 false" ]] ||
            fail "the new release was restarted or ran out of memory after the switch"
        if is_ready "${port[$new]}"; then unready=0; else unready=$((unready + 1)); fi
        [[ $unready -lt 2 ]] || fail "the new release is no longer ready"
        errors=$(($(answers 5xx) + $(proxy_figure "app-$new" "$new" eresp) - errors_before))
        total=$(($(proxy_figure "app-$new" "$new" stot) - total_before))
        [[ $errors -le ${setting[MAX_ERRORS]} || $((errors * 100)) -le $((total * setting[MAX_ERROR_PERCENT])) ]] ||
            fail "the new release answered $errors of $total requests with an error"
        [[ $(tail --bytes=40 "$state/memory") =~ ([0-9]+)\.[0-9]+%[^%]*$ ]] && percent=${BASH_REMATCH[1]} || percent=0
        if [[ $percent -lt ${setting[MAX_MEMORY_PERCENT]} ]]; then fat_since=""; else fat_since=${fat_since:-$SECONDS}; fi
        [[ ! $fat_since || $((SECONDS - fat_since)) -lt 3 ]] ||
            fail "the new release uses $percent % of its ${setting[MEMORY_MB]} MB of memory"
        sleep 0.2
    done
    stop_meter
}
stop_meter() {
    [[ ! $meter ]] || kill "$meter" 2>/dev/null
    meter=""
}

print_plan() {
    plan_container "$new" "$image"
    local argument line="  docker run"
    for argument in "${run_arguments[@]}"; do printf -v argument '%q' "$argument"; line+=" $argument"; done
    say "live: $live, ${from:-nothing yet}"
    say "would:"
    docker image inspect "$image" >/dev/null 2>&1 || say "  docker pull $image${login:+ (logged in as $login)}"
    say "$line"
    say "  wait up to ${setting[READY_SECONDS]} s for http://127.0.0.1:${port[$new]}/health/ready"
    say "  set map $state/live.map live app-$new"
    say "  wait up to ${setting[DRAIN_SECONDS]} s for the requests under way in $live, watch $new for ${setting[WATCH_SECONDS]} s"
    say "  stop $live and keep ${setting[KEEP_RELEASES]} releases; go back to $live if $new turns bad"
}

deploy() {
    check_host
    check_room
    if [[ $dry_run ]]; then
        [[ $action == rollback ]] && choose_earlier
        from=$(image_of "$live")
        print_plan
        return
    fi
    take_lock
    rm --force "$state/stop"
    # bash misreads its own text, or crashes, when a trap runs while it parses a substitution. So this process notes
    # signals and does nothing but wait; its child works, is deaf to signals, and asks where stopping is safe.
    trap ': >"$state/stop"' INT TERM
    trap '' HUP PIPE
    take_steps <&0 &
    local worker=$!
    while kill -0 "$worker" 2>/dev/null; do wait "$worker"; done # a signal ends a wait early
    wait "$worker"
}

# The steps of a deployment, taken under the lock.
take_steps() {
    trap '' INT TERM
    trap leave EXIT
    began=$(milliseconds)
    repair
    [[ $action == rollback ]] && choose_earlier
    from=$(image_of "$live")
    if [[ $from == "$image" && $(of "$live" '{{index .Config.Labels "bookrec.configuration"}}') == "$(configuration_digest)" ]] &&
        is_ready "${port[$live]}"; then
        commit=$(commit_of_image "$image")
        say "unchanged: $live already serves $image"
        record unchanged ""
        return
    fi

    position=beside
    step pull "$image"
    pull
    commit=$(commit_of_image "$image")
    step start "$new on 127.0.0.1:${port[$new]}, commit ${commit:-unknown}"
    plan_container "$new" "$image"
    local answer
    answer=$(docker run "${run_arguments[@]}" 2>&1) || fail "the container does not start: ${answer##*$'\n'}"
    step ready "waiting up to ${setting[READY_SECONDS]} s"
    wait_until_ready
    step switch "$live -> $new"
    local errors_before total_before
    errors_before=$(($(answers 5xx) + $(proxy_figure "app-$new" "$new" eresp)))
    total_before=$(proxy_figure "app-$new" "$new" stot)
    position=switched
    switch_to "$new" || fail "the proxy does not switch"
    [[ $(commit_served "$public_port") == "$commit" ]] || fail "port $public_port does not answer with the new release"
    step drain "waiting for the requests under way in $live"
    drain "$live"
    step watch "for ${setting[WATCH_SECONDS]} s"
    watch_release "$errors_before" "$total_before"
    step keep "$new; stopping $live"
    remember_release "$image" "$action"
    position=closed
    drain "$live"
    stop_and_remove "$live"
    prune_images
    finish_step
    record live ""
    rm --force "$state/underway"
    say "live: $new, commit ${commit:-unknown}, $image"
}

# Sets image to the release that is `back` before the live one.
choose_earlier() {
    releases
    local live_at=$((${#release[@]} - 1)) serving
    serving=$(image_of "$live")
    # What serves may not be the newest kept release: its deployment may have been cut off.
    [[ $live_at -ge 0 && ${release[live_at]} == "$serving" ]] || live_at=${#release[@]}
    [[ $((live_at - back)) -ge 0 ]] ||
        die 64 "there are only $live_at releases before the live one; rollback $back is not possible. See: deploy.sh status"
    image=${release[live_at - back]}
    docker image inspect "$image" >/dev/null 2>&1 ||
        die 64 "$image is no longer on this host. Deploy it: deploy.sh deploy $image --login USER"
}

# --- looking -------------------------------------------------------------------------------------------------------

show_status() {
    check_host
    local colour one
    for colour in blue green; do
        [[ $(of "$colour" '{{.State.Status}}') ]] || { say "$colour: -"; continue; }
        say "$colour: $(of "$colour" '{{.State.Status}} since {{.State.StartedAt}}, restarts {{.RestartCount}}')," \
            "$(if is_ready "${port[$colour]}"; then say ready; else say not ready; fi), commit $(commit_of_image "$(image_of "$colour")")," \
            "$(image_of "$colour")"
    done
    say "live: $live (proxy: $(proxy_figure "app-$live" "$live" status), $(proxy_figure "app-$live" BACKEND scur) requests under way)"
    [[ -e $state/underway ]] && say "under way since $(underway since): step $(underway step) of $(underway image)"
    releases
    say "releases, oldest first:"
    for one in "${release[@]}"; do say "  $one commit $(commit_of_image "$one")"; done
    [[ ! $(image_of "$live") ]] || is_ready "$public_port" || die 1 "port $public_port is not ready"
}

show_history() {
    local line field text pattern
    [[ -e $state/audit.jsonl ]] || { say "nothing was deployed yet"; return; }
    while IFS= read -r line; do
        text=""
        for field in time action result commit by reason; do
            pattern="\"$field\":\"(([^\"\\\\]|\\\\.)*)\""
            [[ $line =~ $pattern && ${BASH_REMATCH[1]} ]] && text+="${BASH_REMATCH[1]}  "
        done
        say "${text%  }"
    done <"$state/audit.jsonl"
}

show_logs() {
    live=$(live_colour) || die 69 "haproxy does not tell what is live. See: systemctl status haproxy"
    exec docker container logs "$@" "bookrec-$live"
}

wrong_usage() { complain "$1"; usage >&2; exit 64; }

main() {
    [[ $# -gt 0 ]] || wrong_usage "say what to do"
    action=$1
    shift
    case $action in
    logs) show_logs "$@" ;;
    help | --help | -h) usage; exit 0 ;;
    deploy | rollback | status | history) ;;
    *) wrong_usage "'$action' is no command" ;;
    esac
    while [[ $# -gt 0 ]]; do
        case $1 in
        --login | --by | --run)
            [[ $# -ge 2 && $2 ]] || wrong_usage "$1 needs a value"
            case $1 in --login) login=$2 ;; --by) by=$2 ;; --run) run=$2 ;; esac
            shift
            ;;
        --dry-run) dry_run=yes ;;
        -*) wrong_usage "'$1' is no option" ;;
        *)
            if [[ $action == deploy && ! $image ]]; then image=$1
            elif [[ $action == rollback && $1 =~ ^[1-9][0-9]?$ ]]; then back=$1
            else wrong_usage "'$1' is one argument too many, or not a number from 1 to 99"; fi
            ;;
        esac
        shift
    done
    by=${by:-$(id -un)${SSH_CONNECTION:+ from ${SSH_CONNECTION%% *}}}
    read_settings
    case $action in
    deploy)
        [[ $image =~ ^[a-z0-9.-]+(:[0-9]+)?/[a-z0-9._/-]+@sha256:[0-9a-f]{64}$ ]] ||
            wrong_usage "'$image' is no IMAGE@sha256:DIGEST; a tag may change, a digest is what was tested"
        deploy
        ;;
    rollback) deploy ;;
    status) show_status ;;
    history) show_history ;;
    esac
}

main "$@"
