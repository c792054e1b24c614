import { dotted } from './sysctl';

/** What a sysctl is for, as far as a pod can have a value of its own. */
export interface SysctlWords {
  readonly name: string;
  /** What the kernel of a usual node takes where nothing is set, or a value in the right form where that is nothing. */
  readonly usual: string;
  /** One sentence. */
  readonly about: string;
}

/**
 * Sysctls of a pod's own namespaces that people set. Which of them are safe is told by ./sysctl.ts.
 *
 * @own what the kernel's pages on sysctls (ip-sysctl, nf_conntrack-sysctl, net, kernel, fs) say, in our words and not yet held against
 * them one by one
 */
const rows = `
kernel.shm_rmid_forced                             | 0 | Whether shared memory goes away with the last process that uses it.
net.ipv4.ip_local_port_range                       | 32768 60999 | The first and the last port that outgoing connections begin at.
net.ipv4.ip_local_reserved_ports                   | 8080,9100-9110 | Ports that no outgoing connection begins at.
net.ipv4.ip_unprivileged_port_start                | 1024 | From which port on a process may listen without a privilege.
net.ipv4.ping_group_range                          | 1 0 | The first and the last group whose processes may ping without a privilege; 1 0 is nobody.
net.ipv4.tcp_fin_timeout                           | 60 | For how many seconds a connection that was closed here waits for the other end.
net.ipv4.tcp_keepalive_intvl                       | 75 | How many seconds pass between two probes of a connection that does not answer.
net.ipv4.tcp_keepalive_probes                      | 9 | After how many probes without an answer a connection is given up.
net.ipv4.tcp_keepalive_time                        | 7200 | After how many idle seconds a connection is probed, where the program asks for it.
net.ipv4.tcp_notsent_lowat                         | 4294967295 | How many bytes may wait unsent before a program is told to write no more.
net.ipv4.tcp_rmem                                  | 4096 131072 6291456 | The least, the first and the largest receive buffer of a connection, in bytes.
net.ipv4.tcp_slow_start_after_idle                 | 1 | Whether a connection that was idle starts slowly again.
net.ipv4.tcp_syncookies                            | 1 | Whether cookies answer for connections that the queue has no room for.
net.ipv4.tcp_wmem                                  | 4096 16384 4194304 | The least, the first and the largest send buffer of a connection, in bytes.
net.core.somaxconn                                 | 4096 | How many connections may wait to be accepted, whatever the program asks for.
net.ipv4.tcp_max_syn_backlog                       | 4096 | How many connections may be half open.
net.ipv4.tcp_tw_reuse                              | 2 | Whether new outgoing connections take the place of closed ones: 0 no, 1 yes, 2 on loopback.
net.ipv4.tcp_max_tw_buckets                        | 65536 | How many closed connections are remembered.
net.ipv4.tcp_fastopen                              | 1 | Whether data may come with the first packet: 1 as a client, 2 as a server, 3 as both.
net.ipv4.tcp_congestion_control                    | cubic | How fast a connection sends; the node must have the algorithm loaded.
net.ipv4.tcp_mtu_probing                           | 0 | Whether the size of packets is tried out: 0 no, 1 once packets vanish, 2 always.
net.ipv4.tcp_retries2                              | 15 | After how many repetitions a connection that sends is given up.
net.ipv4.tcp_syn_retries                           | 6 | How often the first packet of a connection is sent again.
net.ipv4.tcp_synack_retries                        | 5 | How often the answer to the first packet is sent again.
net.ipv4.tcp_ecn                                   | 2 | Whether routers may mark packets instead of dropping them: 0 no, 1 yes, 2 if asked.
net.ipv4.ip_forward                                | 0 | Whether the pod passes on packets that are not for it.
net.ipv4.ip_nonlocal_bind                          | 0 | Whether programs may listen on addresses that the pod does not have.
net.ipv4.conf.all.rp_filter                        | 0 | Whether packets from addresses that no route leads back to are dropped: 0 no, 1 strictly, 2 loosely.
net.ipv6.conf.all.disable_ipv6                     | 0 | Whether the pod does without IPv6.
net.ipv6.conf.all.forwarding                       | 0 | Whether the pod passes on IPv6 packets that are not for it.
net.netfilter.nf_conntrack_tcp_timeout_close_wait  | 60 | For how many seconds a connection that one end has closed is tracked.
net.netfilter.nf_conntrack_tcp_timeout_established | 432000 | For how many idle seconds a connection is tracked.
kernel.msgmax                                      | 8192 | The largest message of a System V queue, in bytes.
kernel.msgmnb                                      | 16384 | The largest System V queue, in bytes.
kernel.msgmni                                      | 32000 | How many System V queues there may be.
kernel.sem                                         | 32000 1024000000 500 32000 | Limits of System V semaphores: in a set, in all, of a call, and sets.
kernel.shmall                                      | 18446744073692774399 | How much System V shared memory there may be, in pages.
kernel.shmmax                                      | 18446744073692774399 | The largest piece of System V shared memory, in bytes.
kernel.shmmni                                      | 4096 | How many pieces of System V shared memory there may be.
fs.mqueue.msg_max                                  | 10 | How many messages a POSIX queue may hold.
fs.mqueue.msgsize_max                              | 8192 | The largest message of a POSIX queue, in bytes.
fs.mqueue.queues_max                               | 256 | How many POSIX queues there may be.
`;

export const sysctlWords: readonly SysctlWords[] = rows
  .trim()
  .split('\n')
  .flatMap(row => {
    const [name, usual, about] = row.split(' | ').map(column => column.trim());
    return name && usual && about ? [{ name, usual, about }] : [];
  });

const byName = new Map(sysctlWords.map(words => [words.name, words]));

export const wordsOfSysctl = (name: string) => byName.get(dotted(name));
