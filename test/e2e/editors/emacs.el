;;; -*- lexical-binding: t -*-
;; Uses the server as a person does in Emacs with Eglot, and prints what it saw as TAP.

(package-initialize) ; Debian's Eglot, where Emacs has none of its own
(require 'eglot)
(require 'flymake)
(require 'cl-lib)

;; What people have in their init file; yaml-mode is a package of its own.
(define-derived-mode yaml-mode text-mode "YAML")
(add-to-list 'auto-mode-alist '("\\.ya?ml\\'" . yaml-mode))
(add-to-list 'eglot-server-programs '(yaml-mode . ("kube-netlint" "server" "--stdio")))
(add-hook 'yaml-mode-hook #'eglot-ensure)

;; Nobody is here to be asked.
(setq eglot-confirm-server-initiated-edits nil
      eglot-confirm-server-edits nil
      eglot-sync-connect 20
      make-backup-files nil
      create-lockfiles nil)
(fset 'y-or-n-p (lambda (&rest _) t))
(fset 'yes-or-no-p (lambda (&rest _) t))

(defconst patience 20)
(defconst workspace default-directory)

(defun in-workspace (file) (expand-file-name file workspace))

(defun until-true (holds what)
  "Wait until HOLDS gives something; else fail, with what WHAT gives."
  (let ((end (+ (float-time) patience)) found)
    (while (not (or (setq found (funcall holds)) (> (float-time) end)))
      (accept-process-output nil 0.05))
    (or found (error "%s" (funcall what)))))

(defun messages () (mapcar #'flymake-diagnostic-text (flymake-diagnostics)))

(defun shows (text)
  (cl-some (lambda (message) (string-match-p (regexp-quote text) message)) (messages)))

(defun open-file (file text)
  "Open FILE, and wait until it shows a finding with TEXT."
  (find-file (in-workspace file))
  ;; A batch Emacs has no command loop, and Eglot and Flymake wait for it.
  (let (noninteractive) (run-hooks 'post-command-hook))
  (until-true #'eglot-current-server (lambda () "Eglot did not start"))
  (flymake-mode 1)
  (flymake-start)
  (until-true (lambda () (shows text)) (lambda () (format "%s shows %S" file (messages)))))

(defun offered-at (text)
  "Put point on TEXT, and give the actions that the server offers there."
  (goto-char (point-min))
  (search-forward text)
  (backward-char)
  (append (jsonrpc-request
           (eglot-current-server) :textDocument/codeAction
           (list :textDocument (eglot--TextDocumentIdentifier)
                 :range (list :start (eglot--pos-to-lsp-position) :end (eglot--pos-to-lsp-position))
                 :context (list :diagnostics [])))
          nil))

(defun titles (actions) (mapcar (lambda (action) (plist-get action :title)) actions))

(defun choose (beginning)
  "Choose the action whose title has this BEGINNING in the menu of `eglot-code-actions'."
  (let ((last-nonmenu-event t) ; no menu of a mouse
        (choice (lambda (_prompt collection &rest _)
                  (let ((all (all-completions "" collection)))
                    (or (cl-find-if (lambda (title) (string-prefix-p beginning title)) all)
                        (error "Offered was only %S" all))))))
    (cl-letf (((symbol-function 'completing-read) choice))
      (eglot-code-actions (point) (point) nil t))))

(defun text-of (file) (with-temp-buffer (insert-file-contents file) (buffer-string)))

(defun files-of (edit)
  "The paths that a workspace EDIT changes."
  (mapcar (lambda (uri) (funcall (if (fboundp 'eglot-uri-to-path) 'eglot-uri-to-path 'eglot--uri-to-path) uri))
          (append (mapcar (lambda (change) (plist-get (plist-get change :textDocument) :uri))
                          (plist-get edit :documentChanges))
                  (cl-loop for (uri) on (plist-get edit :changes) by #'cddr
                           collect (if (keywordp uri) (substring (symbol-name uri) 1) uri)))))

(defconst checks
  (list
   (cons "the findings of the open file"
         (lambda () (open-file "shop/ingress.yaml" "least_conn")))
   (cons "the findings of a file that is opened after they were told"
         (lambda () (open-file "shop/namespace.yaml" "no default deny for ingress")))
   (cons "a fix in one file, and its finding goes"
         (lambda ()
           (open-file "shop/ingress.yaml" "least_conn")
           (offered-at "least_conn")
           (choose "Use 'ewma'")
           (goto-char (point-min))
           (search-forward "load-balance: ewma")
           (eglot--signal-textDocument/didChange) ; Emacs does it when it is idle, and a batch Emacs never is
           (until-true (lambda () (not (shows "least_conn"))) (lambda () "the finding stays"))))
   (cons "beside a kustomization, no fix for a file that Eglot would have to create"
         (lambda ()
           (find-file (in-workspace "shop/namespace.yaml"))
           (dolist (action (offered-at "shop"))
             (let ((edit (plist-get action :edit)) (title (plist-get action :title)))
               (when (cl-some (lambda (change) (plist-get change :kind)) (plist-get edit :documentChanges))
                 (error "'%s' would create a file" title))
               (dolist (file (files-of edit))
                 (unless (file-exists-p file) (error "'%s' would change %s, which is not there" title file))
                 (when (string-suffix-p "kustomization.yaml" file)
                   (error "'%s' would list a file that it can't create" title)))))))
   (cons "the other fix for the same is offered there, and applied whole"
         (lambda ()
           (find-file (in-workspace "shop/namespace.yaml"))
           (offered-at "shop")
           (choose "Add a default deny here")
           (goto-char (point-min))
           (search-forward "kind: NetworkPolicy")
           (save-some-buffers t)
           (when (string-match-p "default-deny" (text-of (in-workspace "shop/kustomization.yaml")))
             (error "The kustomization lists a file that is not there"))))))

(defun say (format-string &rest values)
  (princ (concat (apply #'format format-string values) "\n")))

(say "1..%d" (length checks))
(cl-loop
 for (name . check) in checks
 for number from 1
 for reason = (condition-case problem (progn (funcall check) nil) (error (error-message-string problem)))
 do (say "%s %d - %s" (if reason "not ok" "ok") number name)
 when reason do (say "# %s" (replace-regexp-in-string "\n" "\n# " reason)))
(dolist (buffer (buffer-list)) (with-current-buffer buffer (set-buffer-modified-p nil)))
(kill-emacs 0)
