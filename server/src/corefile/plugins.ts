/** Whether CoreDNS (or a well-known build of it) has a plugin of this name. */
export function isPluginName(name: string): boolean {
  return names.has(name);
}

const names: ReadonlySet<string> = new Set(
  `root metadata rrl geoip cancel tls timeouts multisocket reload nsid bufsize bind debug trace ready health pprof
  prometheus errors log dnstap local dns64 acl any chaos loadbalance tsig cache rewrite header dnssec autopath minimal
  template transfer hosts route53 azure clouddns k8s_external kubernetes file auto secondary etcd loop forward grpc
  erratic whoami on sign view quic grpc_server https https3 nomad proxyproto proxy federation reverse startup shutdown
  ocp_dnsnameresolver kubernetai k8s_gateway fanout unbound records multicluster k8s_crd`.split(/\s+/),
);
